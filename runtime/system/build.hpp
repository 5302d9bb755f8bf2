#pragma once

#include <string_view>

namespace lacuna::system {

/// What this binary was built from and with.
struct Build {
  std::string_view version;     ///< "0.1.0"
  std::string_view git_commit;  ///< empty where the source was no git checkout
  std::string_view compiler;
  std::string_view march;  ///< the value of -march, "native" included
  int openmp = 0;          ///< the date of the OpenMP version, e.g. 201511
};
Build build();

}  // namespace lacuna::system
