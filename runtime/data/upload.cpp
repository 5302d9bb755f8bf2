#include "runtime/data/upload.hpp"

#include <stdexcept>

namespace lacuna {

namespace {

template <class T>
Tensor tensor_of(MemoryPool& pool, DType dtype, Shape shape, const std::vector<T>& values) {
  const Tensor tensor = Tensor::uninitialized(pool, dtype, std::move(shape));
  tensor.assign(std::as_bytes(std::span(values)));
  return tensor;
}

class Upload {
 public:
  Upload(DeviceContext& context, DType dtype) : context_(context), dtype_(dtype) {}

  DeviceField operator()(const data::CsrArrays& field) const {
    return upload(context_, field, dtype_);
  }
  DeviceField operator()(const data::DenseArray& field) const {
    Shape shape{field.rows};
    shape.insert(shape.end(), field.shape.begin(), field.shape.end());
    DenseRows rows;
    if (const auto* bytes = std::get_if<std::vector<std::uint8_t>>(&field.values)) {
      rows.value = tensor_of(context_.pool(), DType::u8, shape, *bytes);
      rows.scale = field.byte_unit;
    } else {
      rows.value =
          Tensor::of(context_.pool(), dtype_, shape, std::get<std::vector<float>>(field.values));
    }
    if (!field.mask.empty()) {
      rows.observed = tensor_of(context_.pool(), DType::u8,
                                {field.rows, data::mask_row_bytes(field.columns())}, field.mask);
    }
    return rows;
  }
  DeviceField operator()(const data::Labels& field) const {
    return LabelRows{tensor_of(context_.pool(), DType::i32,
                               {static_cast<std::int64_t>(field.value.size())}, field.value),
                     static_cast<std::int64_t>(field.classes.size())};
  }
  DeviceField operator()(const data::Series&) const {
    throw std::logic_error("series have no place on a device");
  }

 private:
  DeviceContext& context_;
  DType dtype_;
};

}  // namespace

DeviceRows upload(DeviceContext& context, const data::DataSet& data, DType dtype) {
  DeviceRows rows{.rows = data.rows(), .fields = {}};
  for (const auto& [name, field] : data.fields) {
    rows.set(name, std::make_shared<const DeviceField>(std::visit(Upload(context, dtype), field)));
  }
  return rows;
}

CsrMatrix upload(DeviceContext& context, const std::shared_ptr<const data::CsrArrays>& host) {
  return {context.pool(),
          host->rows,
          host->cols,
          host->row_ptr,
          std::shared_ptr<const std::vector<std::int32_t>>(host, &host->col),
          std::shared_ptr<const std::vector<float>>(host, &host->value)};
}

CsrMatrix upload(DeviceContext& context, const data::CsrArrays& host, DType dtype) {
  return {context.pool(), host.rows, host.cols, host.row_ptr, host.col, host.value, dtype};
}

}  // namespace lacuna
