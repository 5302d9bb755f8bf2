#include "runtime/data/ratings/find_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "runtime/config/suggest.hpp"

namespace lacuna::data {
namespace {

constexpr std::size_t listed_names = 30;

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

/// What public files call a column whose setting ends in the first of a list.
constexpr std::array users{"user",      "userid",   "uid",        "reviewerid", "customerid",
                           "username",  "reviewer", "customer",   "member",     "account",
                           "visitorid", "usersha1", "profilename"};
constexpr std::array items{"item",      "itemid",     "iid",      "asin",    "parentasin",
                           "movieid",   "movie",      "bookid",   "book",    "isbn",
                           "productid", "product",    "artistid", "artist",  "songid",
                           "trackid",   "businessid", "jokeid",   "animeid", "gameid"};
constexpr std::array ratings{"rating", "ratings", "overall", "score", "stars",      "bookrating",
                             "weight", "plays",   "value",   "count", "preference", "reviewscore"};
constexpr std::array times{"timestamp", "time", "date", "unixreviewtime", "datetime", "createdat"};

std::optional<std::string_view> guess(std::string_view key, const std::vector<std::string>& names) {
  const auto first_of = [&](const auto& known) -> std::optional<std::string_view> {
    for (const std::string_view word : known) {
      const auto found = std::ranges::find(names, word, plain);
      if (found != names.end()) return *found;
    }
    return std::nullopt;
  };
  if (key == "data.user_column") return first_of(users);
  if (key == "data.item_column") return first_of(items);
  if (key == "data.rating_column") return first_of(ratings);
  return first_of(times);
}

/// The name that was probably meant: in other letters, mistyped, or what others call the column.
std::optional<std::string> meant(const WantedColumn& column,
                                 const std::vector<std::string>& names) {
  const std::string_view wanted = column.names.front();
  const auto other_case = std::ranges::find(names, plain(wanted), plain);
  if (other_case != names.end()) return *other_case;
  if (const auto known = guess(column.key, names)) return std::string(*known);
  const std::vector<std::string_view> views(names.begin(), names.end());
  if (const auto near = config::nearest(wanted, views)) return std::string(*near);
  return std::nullopt;
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
      throw RowError(fmt::format("column '{}' occurs twice", printable(name)), row_);
    }
    return static_cast<std::size_t>(found - names_.begin());
  }
  const bool by_number = column.names.empty() || names_.empty();
  if (by_number && column.place < count_) return column.place;
  refuse(column);
}

void ColumnFinder::refuse(const WantedColumn& column) const {
  if (column.names.empty() || (names_.empty() && column.place != no_column)) {
    throw RowError(fmt::format("no column {}{}: there are {}", column.place + 1,
                               column.key.empty() ? "" : fmt::format(" ({})", column.key), count_),
                   row_);
  }
  throw RowError(
      fmt::format("no column '{}' ({})", printable(column.names.front()), advice(column)), row_);
}

std::string ColumnFinder::advice(const WantedColumn& column) const {
  if (column.key.empty()) return std::string(format_.advice);
  if (names_.empty()) {
    return fmt::format(
        "the first line names no columns: set {} to the column's number, from 1 to {}", column.key,
        count_);
  }
  const auto name = meant(column, names_);
  if (name)
    return fmt::format("set {}={}; the columns are {}", column.key, printable(*name),
                       listed(names_));
  return fmt::format("set {} to one of the columns: {}", column.key, listed(names_));
}

}  // namespace lacuna::data
