#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lacuna::build {

/// Symbols of ours (with lacuna:: in their names) that both texts define, demangled and sorted;
/// each text is what `nm --defined-only --extern-only --format=posix` prints of some objects. The
/// linker keeps one of each, so that a call on one device could run code made for another.
std::vector<std::string> shared_symbols(std::string_view first, std::string_view second);

}  // namespace lacuna::build
