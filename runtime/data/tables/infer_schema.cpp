#include "runtime/data/tables/infer_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "runtime/data/tables/column_census.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

constexpr std::int64_t max_input_columns = std::int64_t{1} << 20;
constexpr std::int64_t most_whole_classes = 20;  // of a target that might be a number as well

class SchemaReader {
 public:
  SchemaReader(const std::string& path, const TableSource& source)
      : text_{path, source.delimiter, source.max_bytes}, source_(source) {
    schema_.weight = source.weight;
    schema_.delimiter = source.delimiter;
    schema_.missing = standard_missing();
    schema_.missing.insert(schema_.missing.end(), source.missing.begin(), source.missing.end());
  }

  InferredSchema read() {
    const std::string checksum = for_each_row(
        text_, [&](const TableHeader& header) { read_header(header); },
        [&](const TableRow& row) { look_at(row); });
    choose_categories();
    if (!categories_.empty()) {
      for_each_row(
          text_, [](const TableHeader&) {}, [&](const TableRow& row) { add_levels(row); });
    }
    finish();
    return {std::move(schema_), checksum};
  }

 private:
  void read_header(const TableHeader& header) {
    const std::unordered_set<std::string> categorical(source_.categorical.begin(),
                                                      source_.categorical.end());
    std::unordered_set<std::string> others{source_.target};
    target_.emplace(source_.target, header.at(source_.target, "data.target"),
                    categorical.contains(source_.target));
    if (!source_.weight.empty()) {
      weight_.emplace(source_.weight, header.at(source_.weight, "data.weight"));
      others.insert(source_.weight);
    }
    for (const std::string& name : source_.categorical) header.at(name, "data.categorical");
    for (const std::string& name : source_.ignore) {
      header.at(name, "data.ignore");
      others.insert(name);
    }
    for (const std::string& name : header.names()) {
      if (others.contains(name)) continue;
      if (name.empty()) {
        throw header.error("a column has no name: give it one, or name \"\" in data.ignore");
      }
      inputs_.emplace_back(name, *header.find(name), categorical.contains(name));
    }
    if (inputs_.empty()) throw header.error("no column is left to be an input");
  }

  void look_at(const TableRow& row) {
    for (ColumnCensus& column : inputs_) look_at(column, row);
    look_at(*target_, row);
    if (weight_) look_at(*weight_, row);
  }

  void look_at(ColumnCensus& column, const TableRow& row) const {
    if (!schema_.is_missing(column.cell(row))) column.look_at(row);
  }

  void choose_categories() {
    for (ColumnCensus& column : inputs_) {
      if (column.is_category()) {
        categories_.push_back(&column);
      } else {
        column.require_numbers(text_.path,
                               "name it in data.missing, or the column in data.categorical");
      }
    }
    if (weight_) weight_->require_numbers(text_.path, "a weight is a number >= 0");
    choose_target();
  }

  void choose_target() {
    if (!target_->has_cells()) {
      throw DataError(fmt::format("{}: column '{}': no row has a target", text_.path,
                                  printable(target_->name())));
    }
    const bool is_class = target_->is_category() || source_.target_kind == TargetKind::classes;
    target_is_open_ = !is_class && target_->is_whole();
    if (source_.target_kind != TargetKind::number && (is_class || target_is_open_)) {
      categories_.push_back(&*target_);
    } else {
      target_->require_numbers(text_.path, "set data.target_kind to \"class\" if it is a class");
    }
  }

  void add_levels(const TableRow& row) {
    for (ColumnCensus* column : categories_) {
      if (schema_.is_missing(column->cell(row))) continue;
      column->add_level(row);
      const bool is_open = target_is_open_ && column == &*target_;
      if (column->levels() > source_.max_levels && !is_open) {
        throw column->too_many_levels(row, source_.max_levels);
      }
    }
    if (target_is_open_ && target_->levels() > std::min(most_whole_classes, source_.max_levels)) {
      target_is_open_ = false;  // a number then
      target_->forget_levels();
      std::erase(categories_, &*target_);
    }
  }

  void finish() {
    for (const ColumnCensus& column : inputs_) schema_.inputs.push_back(column.result());
    if (schema_.input_columns() > max_input_columns) {
      throw DataError(
          fmt::format("{}: more than {} inputs, one a number and one a level: leave "
                      "columns out by data.ignore",
                      text_.path, max_input_columns));
    }
    schema_.target = target_->result();
    if (schema_.target.levels.size() == 1) {
      throw DataError(fmt::format("{}: column '{}': all rows are of the class '{}'", text_.path,
                                  printable(schema_.target.name),
                                  printable(schema_.target.levels.front())));
    }
  }

  TableText text_;
  const TableSource& source_;
  TableSchema schema_;
  std::vector<ColumnCensus> inputs_;
  std::optional<ColumnCensus> target_;
  std::optional<ColumnCensus> weight_;
  std::vector<ColumnCensus*> categories_;
  bool target_is_open_ = false;  // whole numbers: classes, unless they are too many
};

}  // namespace

InferredSchema infer_schema(const std::string& path, const TableSource& source) {
  source.check();
  return SchemaReader(path, source).read();
}

}  // namespace lacuna::data
