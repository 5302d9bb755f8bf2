#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "kernels/core/philox.hpp"
#include "runtime/data/device_rows.hpp"
#include "runtime/device_context.hpp"

namespace lacuna::testing {

/// Numbers of the standard normal distribution; a function of the seed.
inline std::vector<float> normals(std::int64_t count, std::uint64_t seed) {
  std::vector<float> values;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto word = philox({seed, 11}, static_cast<std::uint64_t>(i));
    values.push_back(static_cast<float>(normal_pair(word[0], word[1])[0]));
  }
  return values;
}

/// Dense rows as a field; `missing`: the share of cells that are not observed (their values are 0).
inline std::shared_ptr<const DeviceField> dense_field(DeviceContext& context, std::int64_t rows,
                                                      std::vector<float> values, DType dtype,
                                                      double missing = 0, std::uint64_t seed = 1) {
  const std::int64_t columns = static_cast<std::int64_t>(values.size()) / rows;
  DenseRows field;
  if (missing > 0) {
    const std::int64_t bytes = (columns + 7) / 8;
    std::vector<std::uint8_t> bits(static_cast<std::size_t>(rows * bytes));
    for (std::int64_t i = 0; i < rows * columns; ++i) {
      const auto word = philox({seed, 12}, static_cast<std::uint64_t>(i));
      const std::int64_t r = i / columns, c = i % columns;
      if (open_uniform(word[0]) < missing) {
        values[static_cast<std::size_t>(i)] = 0;
      } else {
        bits[static_cast<std::size_t>(r * bytes + c / 8)] |=
            static_cast<std::uint8_t>(1u << (c % 8));
      }
    }
    field.observed = Tensor::uninitialized(context.pool(), DType::u8, {rows, bytes});
    field.observed.assign(std::as_bytes(std::span(bits)));
  }
  field.value = Tensor::of(context.pool(), dtype, {rows, columns}, values);
  return std::make_shared<const DeviceField>(field);
}

/// Classes of rows as a field.
inline std::shared_ptr<const DeviceField> label_field(DeviceContext& context,
                                                      const std::vector<std::int32_t>& labels,
                                                      std::int64_t classes) {
  LabelRows field{
      Tensor::uninitialized(context.pool(), DType::i32, {static_cast<std::int64_t>(labels.size())}),
      classes};
  field.label.assign(std::as_bytes(std::span(labels)));
  return std::make_shared<const DeviceField>(field);
}

}  // namespace lacuna::testing
