#include "runtime/data/ratings/titles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>
#include <vector>

#include "runtime/data/ratings/rating_row.hpp"
#include "runtime/data/text_lines.hpp"

namespace lacuna::data {
namespace {

namespace fs = std::filesystem;

struct KnownFile {
  std::string_view name;
  std::string_view delimiter;
  std::string_view ratings;  ///< ending of the ratings file it goes with
};
constexpr std::array known_files{KnownFile{"u.item", "|", ".data"},
                                 KnownFile{"movies.dat", "::", ".dat"},
                                 KnownFile{"movies.csv", ",", ".csv"}};

class TitleReader {
 public:
  explicit TitleReader(const KnownFile& file)
      : layout_{
            .format = {.delimiter = std::string(file.delimiter), .quotes = file.delimiter == ","},
            .item = 0} {}

  void read(std::string_view line, std::int64_t number) {
    const std::vector<std::string_view> fields = split_fields(line, layout_.format);
    if (number == 1) {
      layout_.format.min_fields = layout_.format.max_fields =
          std::max<std::size_t>(fields.size(), 2);
      if (layout_.format.quotes) return read_header(line, fields);
    }
    check_count(line, layout_.format, fields.size());
    const std::uint64_t item = parse_id(line, fields[layout_.item], "item id");
    if (!titles_.emplace(item, to_text(fields[title_], layout_.format.quotes)).second) {
      throw RowError(fmt::format("item {} has a title already", item), line);
    }
  }

  Titles take() { return std::move(titles_); }

 private:
  void read_header(std::string_view header, const std::vector<std::string_view>& names) {
    const bool own = std::ranges::find(names, "item") != names.end();
    layout_.item = find_column(header, names, own ? "item" : "movieId", "the items' ids");
    title_ = find_column(header, names, "title", "the items' titles");
  }

  RowLayout layout_;
  std::size_t title_ = 1;
  Titles titles_;
};

std::optional<fs::path> find_file(const fs::path& folder, const KnownFile& known) {
  for (const char* ending : {"", ".gz"}) {
    const fs::path path = folder / (std::string(known.name) + ending);
    std::error_code ignored;
    if (fs::is_regular_file(path, ignored)) return path;
  }
  return std::nullopt;
}

}  // namespace

Titles titles_beside(const fs::path& ratings) {
  const fs::path ending = (ratings.extension() == ".gz" ? ratings.stem() : ratings).extension();
  auto files = known_files;
  std::ranges::stable_partition(files,
                                [&](const KnownFile& known) { return ending == known.ratings; });
  for (const KnownFile& known : files) {
    const std::optional<fs::path> path = find_file(ratings.parent_path(), known);
    if (!path) continue;
    TitleReader reader(known);
    for_each_line(path->string(),
                  [&](std::string_view line, std::int64_t number) { reader.read(line, number); });
    return reader.take();
  }
  return {};
}

}  // namespace lacuna::data
