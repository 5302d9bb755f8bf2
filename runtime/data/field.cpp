#include "runtime/data/field.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

namespace lacuna::data {
namespace {

struct CellBit {
  std::size_t byte;
  unsigned bit;
};

CellBit bit_of(std::int64_t columns, std::int64_t row, std::int64_t column) {
  return {static_cast<std::size_t>(row * mask_row_bytes(columns) + column / 8),
          1U << static_cast<unsigned>(column % 8)};
}

template <class T>
std::vector<T> gather(const std::vector<T>& values, std::int64_t per_row,
                      std::span<const std::int64_t> rows) {
  std::vector<T> taken;
  if (values.empty()) return taken;  // a mask of cells that are all observed
  taken.reserve(rows.size() * static_cast<std::size_t>(per_row));
  for (const std::int64_t row : rows) {
    const auto begin = values.begin() + row * per_row;
    taken.insert(taken.end(), begin, begin + per_row);
  }
  return taken;
}

struct RowTaker {
  std::span<const std::int64_t> rows;

  std::int64_t count() const { return static_cast<std::int64_t>(rows.size()); }

  Field operator()(const CsrArrays& csr) const {
    CsrArrays taken{count(), csr.cols, {0}, {}, {}};
    for (const std::int64_t row : rows) {
      const std::int64_t begin = csr.row_ptr[static_cast<std::size_t>(row)];
      const std::int64_t end = csr.row_ptr[static_cast<std::size_t>(row) + 1];
      taken.col.insert(taken.col.end(), csr.col.begin() + begin, csr.col.begin() + end);
      taken.value.insert(taken.value.end(), csr.value.begin() + begin, csr.value.begin() + end);
      taken.row_ptr.push_back(taken.nnz());
    }
    return taken;
  }

  Field operator()(const DenseArray& dense) const {
    const std::int64_t columns = dense.columns();
    DenseArray taken{count(),
                     dense.shape,
                     {},
                     gather(dense.mask, mask_row_bytes(columns), rows),
                     dense.byte_unit};
    std::visit([&](const auto& values) { taken.values = gather(values, columns, rows); },
               dense.values);
    return taken;
  }

  Field operator()(const Labels& labels) const {
    return Labels{gather(labels.value, 1, rows), labels.classes};
  }

  Field operator()(const Series& series) const {
    const std::int64_t cells = series.steps * series.columns;
    return Series{count(),
                  series.steps,
                  series.columns,
                  gather(series.values, cells, rows),
                  gather(series.mask, mask_row_bytes(cells), rows),
                  gather(series.length, 1, rows)};
  }
};

}  // namespace

bool is_observed(const CellMask& mask, std::int64_t columns, std::int64_t row,
                 std::int64_t column) {
  if (mask.empty()) return true;
  const CellBit at = bit_of(columns, row, column);
  return (mask[at.byte] & at.bit) != 0;
}

void set_observed(CellMask& mask, std::int64_t columns, std::int64_t row, std::int64_t column) {
  const CellBit at = bit_of(columns, row, column);
  mask[at.byte] = static_cast<std::uint8_t>(mask[at.byte] | at.bit);
}

std::int64_t DenseArray::columns() const {
  return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

void DenseArray::hide(std::int64_t row, std::int64_t column) {
  const CellBit at = bit_of(columns(), row, column);
  mask[at.byte] = static_cast<std::uint8_t>(mask[at.byte] & ~at.bit);
  std::visit([&](auto& cells) { cells[static_cast<std::size_t>(row * columns() + column)] = 0; },
             values);
}

void DenseArray::put_row(std::int64_t row, std::span<float> into) const {
  const auto begin = static_cast<std::size_t>(row * columns());
  if (const auto* bytes = std::get_if<std::vector<std::uint8_t>>(&values)) {
    std::ranges::transform(std::span(*bytes).subspan(begin, into.size()), into.begin(),
                           [unit = static_cast<float>(byte_unit)](std::uint8_t byte) {
                             return unit * static_cast<float>(byte);
                           });
  } else {
    std::ranges::copy(std::span(std::get<std::vector<float>>(values)).subspan(begin, into.size()),
                      into.begin());
  }
}

std::int64_t rows_of(const Field& field) {
  return std::visit(
      [](const auto& kind) {
        if constexpr (requires { kind.rows; }) {
          return kind.rows;
        } else {
          return static_cast<std::int64_t>(kind.value.size());
        }
      },
      field);
}

Field take_rows(const Field& field, std::span<const std::int64_t> rows) {
  return std::visit(RowTaker{rows}, field);
}

DataSet take_rows(const DataSet& data, std::span<const std::int64_t> rows) {
  DataSet taken{{}, data.source, data.checksum};
  for (const auto& [name, field] : data.fields) taken.fields.emplace(name, take_rows(field, rows));
  return taken;
}

}  // namespace lacuna::data
