#include "runtime/data/ratings/titles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <vector>

#include "runtime/config/suggest.hpp"
#include "runtime/data/find_file.hpp"
#include "runtime/data/ratings/json_row.hpp"
#include "runtime/data/text_lines.hpp"
#include "runtime/data/text_rows.hpp"
#include "runtime/data/unpacker.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

namespace fs = std::filesystem;

/// How a data set writes its titles.
struct KnownFile {
  std::string_view name;
  std::string_view ratings;    ///< ending of the ratings file it goes with
  std::string_view delimiter;  ///< empty: found
  bool header = false;
  std::size_t item = 0;
  std::size_t title = 1;
  bool title_is_last = false;  ///< and may hold delimiters
};
constexpr std::array known_files{
    KnownFile{"u.item", ".data", "|"},
    KnownFile{"movies.dat", ".dat", "::"},
    KnownFile{"movies.csv", ".csv", ",", true},
    KnownFile{"books.csv", ".csv", ",", true},
    KnownFile{"BX-Books.csv", ".csv", ";", true},
    KnownFile{"Books.csv", ".csv", "", true},
    KnownFile{"artists.dat", ".dat", "\t", true},
    KnownFile{"movie_titles.txt", ".txt", ",", false, 0, 2, true},
    KnownFile{"movie_titles.csv", ".txt", ",", false, 0, 2, true},
};

constexpr std::array item_names{"item", "movieId", "book_id", "ISBN", "id"};
constexpr std::array title_names{"title", "Book-Title", "name"};

std::size_t find_name(std::string_view header, const std::vector<std::string>& fields,
                      const auto& names, std::string_view what) {
  for (const std::string_view name : names) {
    const auto found = std::ranges::find(fields, name);
    if (found != fields.end()) return static_cast<std::size_t>(found - fields.begin());
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  throw RowError(fmt::format("no column of the items' {}, which is called one of {}", what,
                             config::quoted_list(known)),
                 header);
}

class TitleReader {
 public:
  TitleReader(const KnownFile& file, const Ids& items) : file_(file), items_(items) {}

  void read(const TextRow& row) {
    std::vector<std::string> fields = row.texts();
    if (count_ == 0 && file_.header) {
      item_ = find_name(row.text, fields, item_names, "ids");
      title_ = find_name(row.text, fields, title_names, "titles");
      count_ = fields.size();
    } else {
      if (count_ == 0) count_ = std::max(fields.size(), title_ + 1);
      const bool fits = file_.title_is_last ? fields.size() > title_ : fields.size() == count_;
      if (!fits) {
        throw RowError(fmt::format("{} fields where {} are expected", fields.size(), count_),
                       row.text);
      }
      add(row, std::move(fields));
    }
  }

  Titles take() { return std::move(titles_); }

 private:
  void add(const TextRow& row, std::vector<std::string> fields) {
    std::string title = file_.title_is_last ? rest_of(row.text) : std::move(fields[title_]);
    if (fields[item_].empty()) throw RowError("the item id is empty: remove the row", row.text);
    const auto item = items_.find(fields[item_]);
    if (!item) return;
    if (!titles_.emplace(*item, std::move(title)).second) {
      throw RowError(fmt::format("item {} has a title already", printable(fields[item_])),
                     row.text);
    }
  }

  /// What stands from the title on, delimiters included.
  std::string rest_of(std::string_view row) const {
    for (std::size_t f = 0; f < title_; ++f) {
      row.remove_prefix(row.find(file_.delimiter) + file_.delimiter.size());
    }
    return to_text(trimmed(row), false);
  }

  const KnownFile& file_;
  const Ids& items_;
  std::size_t count_ = 0;  // fields of a row; 0: no row was read
  std::size_t item_ = file_.item;
  std::size_t title_ = file_.title;
  Titles titles_;
};

Titles read_titles(const std::string& path, const KnownFile& file, const Ids& items) {
  TitleReader reader(file, items);
  RowFormat format{.delimiter = std::string(file.delimiter),
                   .quotes = file.header && file.delimiter != "\t",
                   .backslash = file.name == "BX-Books.csv"};
  const auto format_of = [&](std::string_view begin, const LeadingLines&) {
    if (format.delimiter.empty()) {
      const bool semicolons = take_line(begin).find(';') != std::string_view::npos;
      format.delimiter = semicolons ? ";" : ",";
    }
    return format;
  };
  for_each_text_row(path, format_of, [&](const TextRow& row) { reader.read(row); });
  return reader.take();
}

/// Amazon's products, one object a line, the same product on several at times.
Titles read_products(const std::string& path, const Ids& items) {
  JsonRows rows;
  Titles titles;
  for_each_line(path, [&](std::string_view line, std::int64_t) {
    const auto [item, title] = rows.title(line);
    const auto index = items.find(item);
    if (index && !title.empty()) titles.emplace(*index, title);
  });
  return titles;
}

}  // namespace

Titles titles_beside(const std::string& ratings, const Ids& items) {
  const fs::path ending = fs::path(std::string(without_packing(ratings))).extension();
  std::error_code ignored;
  const std::string place =
      fs::is_directory(ratings, ignored) ? ratings : fs::path(ratings).parent_path().string();
  auto files = known_files;
  std::ranges::stable_partition(files,
                                [&](const KnownFile& known) { return ending == known.ratings; });
  const std::string folder = place.empty() ? "." : place;
  for (const KnownFile& known : files) {
    if (const auto path = find_file(folder, known.name)) return read_titles(*path, known, items);
  }
  const std::vector<std::string> products = find_files(folder, "meta_");
  return products.empty() ? Titles() : read_products(products.front(), items);
}

}  // namespace lacuna::data
