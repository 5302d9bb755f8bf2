#include "runtime/data/ratings/cell_file.hpp"

#include "runtime/data/ratings/rating_row.hpp"
#include "runtime/data/text_lines.hpp"

namespace lacuna::data {
namespace {

class CellReader {
 public:
  explicit CellReader(CellColumns columns) : columns_(columns) {}

  void read(std::string_view line, std::int64_t number) {
    const std::vector<std::string_view> fields = split_fields(line, layout_.format);
    if (number == 1) return read_header(line, fields);
    check_count(line, layout_.format, fields.size());
    NamedCell cell{.item = parse_id(line, fields[layout_.item], "item id"), .line = number};
    if (has_user()) cell.user = parse_id(line, fields[layout_.user], "user id");
    if (has_rating()) cell.rating = parse_rating(line, fields[layout_.rating]);
    cells_.push_back(cell);
  }

  std::vector<NamedCell> take() { return std::move(cells_); }

 private:
  bool has_user() const { return columns_ == CellColumns::user_item; }
  bool has_rating() const { return columns_ == CellColumns::item_rating; }

  void read_header(std::string_view header, const std::vector<std::string_view>& names) {
    constexpr std::string_view advice = "the first line names the columns";
    layout_.item = find_column(header, names, "item", advice);
    if (has_user()) layout_.user = find_column(header, names, "user", advice);
    if (has_rating()) layout_.rating = find_column(header, names, "rating", advice);
    layout_.format.min_fields = layout_.format.max_fields = names.size();
  }

  CellColumns columns_;
  RowLayout layout_{.format = {.quotes = true}};
  std::vector<NamedCell> cells_;
};

}  // namespace

std::vector<NamedCell> read_cells(const std::string& path, CellColumns columns) {
  CellReader reader(columns);
  for_each_line(path,
                [&](std::string_view line, std::int64_t number) { reader.read(line, number); });
  std::vector<NamedCell> cells = reader.take();
  if (cells.empty()) {
    throw DataError(path + " holds no rows: write a header and at least one line below it");
  }
  return cells;
}

}  // namespace lacuna::data
