#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "runtime/error.hpp"
#include "tests/support/temporary_folder.hpp"

/// What targets do with their input.
namespace lacuna::fuzz {

using Input = std::span<const std::byte>;

inline constexpr std::uint64_t max_text = std::uint64_t{1} << 16;  // small: bombs are tried, too

inline std::string_view text_of(Input input) {
  return {reinterpret_cast<const char*>(input.data()), input.size()};
}

/// The input as a file.
class InputFile {
 public:
  explicit InputFile(Input input, std::string_view name = "input") : path_(folder_ / name) {
    testing::write_file(path_, text_of(input));
  }
  std::string path() const { return path_.string(); }
  std::filesystem::path beside(std::string_view name) const { return folder_ / name; }

 private:
  testing::TemporaryFolder folder_;
  std::filesystem::path path_;
};

/// What `parse` returns, or nothing where it refuses the input.
template <class Parse>
auto accepted(Parse parse) {
  std::optional<decltype(parse())> result;
  try {
    result.emplace(parse());
  } catch (const Error&) {
  }
  return result;
}

inline void promise(bool kept, const char* what) {
  if (!kept) throw std::logic_error(std::string("not so: ") + what);
}

}  // namespace lacuna::fuzz
