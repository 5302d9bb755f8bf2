#include "runtime/config/json_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "runtime/error.hpp"

namespace lacuna::config {
namespace {

constexpr std::size_t max_depth = 64;
constexpr std::size_t max_values = 1'000'000;  // bounds memory: a value takes many times its text
constexpr std::size_t max_file_bytes = std::size_t{16} << 20U;

/// Hands out a text and tells the reader how much of it the parser has taken.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, const char** taken) : at_(at), taken_(taken) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    *taken_ = ++at_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }

 private:
  const char* at_;
  const char** taken_;
};

/// Line and column of positions in a text that are asked for in ascending order.
class PlaceFinder {
 public:
  PlaceFinder(std::string_view text, std::string_view name)
      : at_(text.data()), source_(std::make_shared<const std::string>(name)) {}

  Place find(const char* position) {
    for (; at_ < position; ++at_) {
      const auto byte = static_cast<unsigned char>(*at_);
      if (byte == '\n') {
        ++line_;
        column_ = 1;
      } else if ((byte & 0xC0U) != 0x80U) {  // columns are characters, not bytes
        ++column_;
      }
    }
    return {source_, line_, column_};
  }

 private:
  const char* at_;
  std::shared_ptr<const std::string> source_;
  int line_ = 1;
  int column_ = 1;
};

[[noreturn]] void fail(const Place& place, std::string_view message) {
  throw ConfigError(fmt::format("{}: {}", to_string(place), message));
}

/// "[json.exception...] parse error at line 1, column 2: syntax error while parsing value - invalid
/// literal; last read: '...'; expected ..." without the position (ours is exact) and the text.
std::string library_message(std::string_view what) {
  if (const auto start = what.find("syntax error"); start != std::string_view::npos) {
    what.remove_prefix(start);
  }
  const auto cut = what.find("; last read: ");
  if (cut == std::string_view::npos) return std::string(what);
  const auto expected = what.rfind("; expected ");
  const bool has_expected = expected != std::string_view::npos && expected > cut;
  return fmt::format("{}{}", what.substr(0, cut), has_expected ? what.substr(expected) : "");
}

void reject_duplicates(const Json::Object& members) {
  std::vector<const Json::Member*> sorted;
  sorted.reserve(members.size());
  for (const Json::Member& member : members) sorted.push_back(&member);
  const auto key = [](const Json::Member* member) -> const std::string& { return member->key; };
  std::ranges::stable_sort(sorted, {}, key);
  const auto twin = std::ranges::adjacent_find(sorted, {}, key);
  if (twin == sorted.end()) return;
  const Json::Member& first = **twin;
  const Json::Member& second = **std::next(twin);
  fail(second.key_place, fmt::format("duplicate key {}; it is given first in line {}",
                                     in_quotes(first.key), first.key_place.line));
}

}  // namespace

/// Receives the parser's events and builds the tree with an explicit stack.
class TreeBuilder {
 public:
  TreeBuilder(std::string_view text, std::string_view name)
      : text_(text), token_end_(text.data()), taken_(text.data()), places_(text, name) {}

  CountingIterator begin() { return {text_.data(), &taken_}; }
  CountingIterator end() { return {text_.data() + text_.size(), &taken_}; }
  Json take_root() { return std::move(root_); }

  bool null() { return add(Json()); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(std::int64_t value) { return add(value); }
  bool number_unsigned(std::uint64_t value) { return add(value); }
  bool number_float(double value, const std::string& digits) {
    if (digits.find_first_of(".eE") == std::string::npos) {
      fail(token_place(), "the integer " + in_quotes(digits) + " does not fit in 64 bits");
    }
    return add(value);
  }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(nlohmann::json::binary_t&) { return false; }  // no such event in JSON text

  bool start_object(std::size_t) { return open(Json::object()); }
  bool start_array(std::size_t) { return open(Json::array()); }
  bool end_object() {
    reject_duplicates(std::get<Json::Object>(open_.back()->value_));
    return close();
  }
  bool end_array() { return close(); }
  bool key(std::string& value) {
    auto& members = std::get<Json::Object>(open_.back()->value_);
    members.push_back({std::move(value), Json(), token_place()});
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception& e) {
    constexpr int number_overflow = 406;
    if (e.id == number_overflow) fail(token_place(), "the number is too large for a double");
    const std::size_t last_read = std::min(position > 0 ? position - 1 : 0, text_.size());
    fail(places_.find(text_.data() + last_read), library_message(e.what()));
  }

 private:
  /// Where the token starts that the parser has just read: after what was taken before it. (After
  /// a number the parser has taken one character more, which belongs to no value.)
  Place token_place() {
    const char* start = token_end_;
    while (start < taken_ && std::strchr(" \t\r\n,:", *start) != nullptr) ++start;
    token_end_ = taken_;
    return places_.find(start);
  }

  Json* add(Json value) {
    value.place_ = token_place();
    if (++values_ > max_values) {
      fail(value.place_, fmt::format("more than {} values; not a configuration", max_values));
    }
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    if (auto* elements = std::get_if<Json::Array>(&open_.back()->value_)) {
      return &elements->emplace_back(std::move(value));
    }
    Json& slot = std::get<Json::Object>(open_.back()->value_).back().value;
    slot = std::move(value);
    return &slot;
  }

  bool open(Json container) {
    if (open_.size() == max_depth) {
      fail(token_place(), fmt::format("nested more than {} levels deep", max_depth));
    }
    open_.push_back(add(std::move(container)));
    return true;
  }

  bool close() {
    open_.pop_back();
    token_end_ = taken_;
    return true;
  }

  std::string_view text_;
  const char* token_end_;
  const char* taken_;
  PlaceFinder places_;
  Json root_;
  std::size_t values_ = 0;
  std::vector<Json*> open_;  // a container does not move while one inside it is open
};

Json parse_json(std::string_view text, std::string_view name) {
  PlaceFinder places(text, name);
  if (text.starts_with("\xEF\xBB\xBF")) {
    fail(places.find(text.data()),
         "starts with a byte order mark; save the file as UTF-8 without it");
  }
  // The parser would take a NUL byte for the end of the text.
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    fail(places.find(text.data() + nul), "a NUL byte is not JSON");
  }
  TreeBuilder builder(text, name);
  nlohmann::json::sax_parse(builder.begin(), builder.end(), &builder);
  return builder.take_root();
}

std::string read_json_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::error_code ignored;
  if (!file || std::filesystem::is_directory(path, ignored)) {
    const char* reason = file ? "it is a directory" : std::strerror(errno);
    throw ConfigError(fmt::format("{}: cannot be read: {}", path.string(), reason));
  }
  constexpr std::size_t piece = std::size_t{1} << 16U;
  while (file && text.size() <= max_file_bytes) {
    const std::size_t before = text.size();
    text.resize(before + piece);
    file.read(text.data() + before, piece);
    text.resize(before + static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) throw ConfigError(fmt::format("{}: reading failed", path.string()));
  if (text.size() > max_file_bytes) {
    throw ConfigError(fmt::format("{}: larger than 16 MiB; not a configuration", path.string()));
  }
  return text;
}

Json read_json(const std::filesystem::path& path) {
  return parse_json(read_json_text(path), path.string());
}

}  // namespace lacuna::config
