#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna::experiments::report {

/// The inside of each tag, "p class='x'" or "/p", in order.
inline std::vector<std::string_view> tags_of(std::string_view html) {
  std::vector<std::string_view> tags;
  for (std::size_t at = html.find('<'); at != html.npos; at = html.find('<', at)) {
    const std::size_t begin = ++at;
    for (char quote = 0; at < html.size() && (quote != 0 || html[at] != '>'); ++at) {
      if (quote == 0 && (html[at] == '"' || html[at] == '\'')) {
        quote = html[at];
      } else if (html[at] == quote) {
        quote = 0;
      }
    }
    tags.push_back(html.substr(begin, at - begin));
  }
  return tags;
}

/// What opens or closes out of order in `html`; void elements and <x/> close themselves.
inline std::vector<std::string> unbalanced_tags(std::string_view html) {
  std::vector<std::string> open;
  std::vector<std::string> faults;
  for (const std::string_view tag : tags_of(html)) {
    const std::string name(tag.substr(0, tag.find_first_of(" \n\t")));
    if (name == "!DOCTYPE" || name == "meta" || tag.ends_with('/')) continue;
    if (!name.starts_with('/')) {
      open.push_back("/" + name);
    } else if (open.empty() || open.back() != name) {
      faults.push_back(name);
    } else {
      open.pop_back();
    }
  }
  faults.insert(faults.end(), open.begin(), open.end());
  return faults;
}

/// Ids that more than one element of `html` has.
inline std::vector<std::string> repeated_ids(std::string_view html) {
  std::set<std::string_view> seen;
  std::vector<std::string> repeated;
  for (const std::string_view tag : tags_of(html)) {
    const std::size_t at = tag.find(" id=");
    if (at == tag.npos) continue;
    const std::string_view value = tag.substr(at + 5, tag.find(tag[at + 4], at + 5) - at - 5);
    if (!seen.insert(value).second) repeated.emplace_back(value);
  }
  return repeated;
}

}  // namespace lacuna::experiments::report
