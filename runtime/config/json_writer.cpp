#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "runtime/config/json.hpp"
#include "runtime/config/utf8.hpp"

namespace lacuna::config {
namespace {

void append_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const char c = text.front();
    const std::size_t length = utf8_length(text);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
    } else if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else if (length == 2 && text.starts_with('\xC2') &&
               static_cast<unsigned char>(text[1]) < 0xA0) {  // control characters, too
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(text[1])));
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  out += '"';
}

void append_double(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  const std::string text = fmt::format("{}", value);
  out += text;
  if (text.find_first_of(".e") == std::string::npos) out += ".0";  // reads back as a double
}

class Writer {
 public:
  Writer(std::string& out, int indent) : out_(out), indent_(indent) {}

  void write(const Json& json) {
    if (json.is_array()) {
      const auto& elements = json.as_array();
      const auto is_container = [](const Json& e) { return e.is_array() || e.is_object(); };
      const bool several_lines = std::ranges::any_of(elements, is_container);
      write_list('[', ']', elements, several_lines, [&](const Json& e) { write(e); });
    } else if (json.is_object()) {
      write_list('{', '}', json.as_object(), true, [&](const Json::Member& member) {
        append_string(out_, member.key);
        out_ += ": ";
        write(member.value);
      });
    } else {
      write_scalar(json);
    }
  }

 private:
  template <class List, class WriteElement>
  void write_list(char open, char close, const List& list, bool several_lines,
                  WriteElement write_element) {
    const bool break_lines = several_lines && indent_ > 0 && !list.empty();
    out_ += open;
    ++depth_;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i > 0) out_ += break_lines ? "," : ", ";
      if (break_lines) new_line();
      write_element(list[i]);
    }
    --depth_;
    if (break_lines) new_line();
    out_ += close;
  }

  void write_scalar(const Json& json) {
    if (json.is_null()) {
      out_ += "null";
    } else if (json.is_bool()) {
      out_ += json.as_bool() ? "true" : "false";
    } else if (json.is_string()) {
      append_string(out_, json.as_string());
    } else if (json.is_double()) {
      append_double(out_, json.as_double());
    } else if (const auto value = json.to_int64()) {
      out_ += std::to_string(*value);
    } else {
      out_ += std::to_string(json.as_uint64());
    }
  }

  void new_line() {
    out_ += '\n';
    out_.append(static_cast<std::size_t>(depth_ * indent_), ' ');
  }

  std::string& out_;
  int indent_;
  int depth_ = 0;
};

}  // namespace

std::string dump(const Json& json, int indent) {
  std::string out;
  Writer(out, indent).write(json);
  return out;
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 60;
  const bool cut = text.size() > longest;
  std::size_t end = cut ? longest : text.size();
  const auto is_inside_character = [&] {
    return (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U;
  };
  while (cut && end > longest - 4 && is_inside_character()) --end;
  std::string out;
  append_string(out, text.substr(0, end));
  return cut ? out + "..." : out;
}

std::string described(const Json& json) {
  if (json.is_array()) return "an array";
  if (json.is_object()) return "an object";
  if (json.is_string()) return "the string " + in_quotes(json.as_string());
  if (json.is_number()) return (json.is_double() ? "the number " : "the integer ") + dump(json, 0);
  return dump(json, 0);
}

}  // namespace lacuna::config
