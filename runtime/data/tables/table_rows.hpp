#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/data/row_fields.hpp"
#include "runtime/data/text_source.hpp"

namespace lacuna::data {

/// A CSV file as text.
struct TableText {
  std::string path;
  std::string delimiter = ",";
  std::uint64_t max_bytes = default_max_bytes;
};

/// The names of a table's columns, as UTF-8.
class TableHeader {
 public:
  TableHeader(std::string_view row, std::vector<std::string> names);

  const std::vector<std::string>& names() const { return names_; }

  /// Where a column stands, if it is there. Throws RowError where several have that name.
  std::optional<std::size_t> find(const std::string& name) const;
  /// The same; throws RowError "no column 'name' (why: did you mean ...?)" where there is none.
  std::size_t at(const std::string& name, std::string_view why) const;

  /// "what, in: header"
  RowError error(std::string_view what) const;

 private:
  std::string row_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::vector<std::size_t>> places_;
};

/// A row with its fields, which are one for each column.
struct TableRow {
  std::string_view text;
  std::int64_t line = 0;
  std::span<const std::string_view> fields;

  /// "column 'name': what, in: row"
  RowError error(const std::string& column, std::string_view what) const;
};

/// Calls start(header) for the first line and visit(row) for each after it; returns the text's
/// checksum. Fields may be quoted but not span lines; spaces around them do not count. A RowError
/// becomes a DataError "path:line: what"; rows of another length than the header are such errors,
/// as are NUL bytes. Throws DataError where there are no rows, and as for_each_line().
std::string for_each_row(const TableText& text,
                         const std::function<void(const TableHeader&)>& start,
                         const std::function<void(const TableRow&)>& visit);

}  // namespace lacuna::data
