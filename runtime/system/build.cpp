#include "runtime/system/build.hpp"

#include "runtime/system/git_commit.hpp"

namespace lacuna::system {

// LACUNA_VERSION, LACUNA_GIT_COMMIT and LACUNA_MARCH are made known by the build, for this file
// only: a new commit recompiles nothing else.
Build build() {
  return {.version = LACUNA_VERSION,
          .git_commit = LACUNA_GIT_COMMIT,
#ifdef __clang__
          .compiler = "clang " __clang_version__,
#else
          .compiler = "gcc " __VERSION__,
#endif
          .march = LACUNA_MARCH,
          .openmp = _OPENMP};
}

}  // namespace lacuna::system
