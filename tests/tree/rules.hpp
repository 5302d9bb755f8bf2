#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Rules that the source tree keeps. Each takes text and returns what breaks the rule, one readable
/// line each; empty when it is kept. Paths are relative to the repository's root.
namespace lacuna::tree {

using Violations = std::vector<std::string>;

/// Includes point down only: experiments -> models -> runtime -> kernels; tests may see all. Quoted
/// ones begin at the repository's root.
Violations upward_includes(std::string_view path, std::string_view text);

/// At most `limit` lines.
Violations too_long(std::string_view path, std::string_view text, int limit = 400);

/// No exit() calls (library code throws), no `using namespace std`, no notes of unfinished work.
Violations banned_words(std::string_view path, std::string_view text);

/// A header starts with `#pragma once`, before anything but comments.
Violations missing_pragma_once(std::string_view path, std::string_view text);

/// CUDA sources launch through launch(), which the emulated device understands, too: no `<<<`.
Violations plain_launches(std::string_view path, std::string_view text);

/// For each X_cpu.cpp and X_case.cpp of `paths` there are both, and X.hpp and X_cuda.cu;
/// `cases` (the text of kernels/cases.cpp) names X.
Violations incomplete_ops(const std::vector<std::string>& paths, std::string_view cases);

/// Each op that a header declares, as `void ovr(const ExecContext& ctx, const Ovr<T>& op)`, stands
/// in `list` (the text of kernels/ops.hpp) and is called in `cases` (that of the header's
/// _case.cpp).
Violations unlisted_ops(std::string_view path, std::string_view text, std::string_view list,
                        std::string_view cases);

/// Lines of packages.txt are `GROUP PACKAGE` with a known group and a Debian package name, each
/// package once.
Violations malformed_packages(std::string_view text);

/// The README shows how to train and how to test.
Violations missing_commands(std::string_view readme);

}  // namespace lacuna::tree
