#include "runtime/data/ratings/find_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <optional>

#include "runtime/config/suggest.hpp"
#include "runtime/io/visible.hpp"

namespace lacuna::data {
namespace {

constexpr std::size_t listed_names = 20;

/// Letters and digits only, small: "User-ID" and "user_id" are one name.
std::string plain(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      letters += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  return letters;
}

/// The column of a format that a setting names.
const WantedColumn* column_of(const FileFormat& format, std::string_view key) {
  if (key == "data.user_column") return &format.user;
  if (key == "data.item_column") return &format.item;
  if (key == "data.rating_column") return &format.rating;
  return format.time ? &*format.time : nullptr;
}

/// What others than the known data sets call it.
std::vector<std::string> other_names(std::string_view key) {
  if (key == "data.user_column") {
    return {"uid",    "customerid", "username",  "reviewer", "customer",
            "member", "account",    "visitorid", "usersha1", "profilename"};
  }
  if (key == "data.item_column") {
    return {"iid",    "movie",   "book",       "productid", "product", "artist",
            "songid", "trackid", "businessid", "jokeid",    "animeid", "gameid"};
  }
  if (key == "data.rating_column") {
    return {"ratings", "score", "stars", "plays", "value", "count", "preference", "reviewscore"};
  }
  return {"time", "date", "datetime", "createdat"};
}

/// The first of the names that public files give the column.
std::optional<std::string> guess(std::string_view key, const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const FileFormat& format : known_formats()) {
    if (const WantedColumn* column = column_of(format, key)) {
      known.insert(known.end(), column->names.begin(), column->names.end());
    }
  }
  std::ranges::copy(other_names(key), std::back_inserter(known));
  for (const std::string& name : known) {
    const auto found = std::ranges::find(names, plain(name), plain);
    if (found != names.end()) return *found;
  }
  return std::nullopt;
}

/// The name that was probably meant: in other letters, mistyped, or what others call the column.
std::optional<std::string> meant(const WantedColumn& column,
                                 const std::vector<std::string>& names) {
  const std::string_view wanted = column.names.front();
  const auto other_case = std::ranges::find(names, plain(wanted), plain);
  if (other_case != names.end()) return *other_case;
  if (const auto known = guess(column.key, names)) return known;
  const std::vector<std::string_view> views(names.begin(), names.end());
  if (const auto near = config::nearest(wanted, views)) return std::string(*near);
  return std::nullopt;
}

/// As it is typed in a shell; one that cannot be typed as it is goes by its number.
std::string typed(const std::string& name, const std::vector<std::string>& names) {
  const auto letter = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0 ||
           std::string_view("_-.").find(c) != std::string_view::npos;
  };
  const bool number = name.find_first_not_of("0123456789") == std::string::npos;
  if (number || io::visible(name) != name || name.find('\'') != std::string::npos) {
    return std::to_string(std::ranges::find(names, name) - names.begin() + 1);
  }
  return std::ranges::all_of(name, letter) ? name : fmt::format("'{}'", name);
}

std::string listed(const std::vector<std::string>& names) {
  std::vector<std::string> shown;
  for (const std::string& name : names) {
    if (shown.size() == listed_names) break;
    shown.push_back(fmt::format("'{}'", printable(name)));
  }
  return config::joined(shown, ", ");
}

bool has(const WantedColumn& column, const std::vector<std::string>& names) {
  return std::ranges::any_of(column.names, [&](const std::string& name) {
    return std::ranges::find(names, name) != names.end();
  });
}

}  // namespace

bool names_any(const FileFormat& format, const std::vector<std::string>& names) {
  return has(format.user, names) || has(format.item, names) || has(format.rating, names);
}

bool names_all(const FileFormat& format, const std::vector<std::string>& names) {
  return has(format.user, names) && has(format.item, names) && has(format.rating, names);
}

std::size_t ColumnFinder::place(const WantedColumn& column) const {
  for (const std::string& name : column.names) {
    const auto found = std::ranges::find(names_, name);
    if (found == names_.end()) continue;
    if (std::find(found + 1, names_.end(), name) != names_.end()) {
      throw RowError(
          fmt::format("column '{}' occurs twice{}", printable(name),
                      column.key.empty() ? "" : fmt::format(" (set {} to its number)", column.key)),
          row_);
    }
    return static_cast<std::size_t>(found - names_.begin());
  }
  const bool by_number = column.names.empty() || names_.empty();
  if (by_number && column.place < count_) return column.place;
  refuse(column);
}

void ColumnFinder::refuse(const WantedColumn& column) const {
  if (column.key.empty() && format_.time && &column == &*format_.time) {
    throw RowError("no timestamps to split by: set data.split to \"random\" or \"leave_out\"",
                   row_);
  }
  if (column.names.empty() || (names_.empty() && column.place != no_column)) {
    throw RowError(fmt::format("no column {}{}: there are {}", column.place + 1,
                               column.key.empty() ? "" : fmt::format(" ({})", column.key), count_),
                   row_);
  }
  throw RowError(fmt::format("no column '{}'{}", printable(column.names.front()), advice(column)),
                 row_);
}

std::string ColumnFinder::advice(const WantedColumn& column) const {
  if (column.key.empty()) return "";
  if (names_.empty()) {
    return fmt::format(
        " (the first line names no columns: set {} to the column's number, from 1 to {})",
        column.key, count_);
  }
  const bool wide = names_.size() > listed_names;
  if (const auto name = meant(column, names_)) {
    return fmt::format(" (set {}={}; the columns are {}{})", column.key, typed(*name, names_),
                       listed(names_), wide ? ", ..." : "");
  }
  if (wide) {
    return fmt::format(
        " among {} (set {} to one of {}, ...; if each is an item of its own, write "
        "one rating a line, as pandas' melt() does)",
        names_.size(), column.key, listed(names_));
  }
  return fmt::format(" (set {} to one of the columns: {})", column.key, listed(names_));
}

}  // namespace lacuna::data
