#pragma once

#include "runtime/data/device_rows.hpp"
#include "runtime/data/field.hpp"
#include "runtime/device_context.hpp"

namespace lacuna {

/// Copies of a data set's fields on a device, floating-point numbers in `dtype`. Throws
/// std::logic_error for series, which have no such copy yet.
DeviceRows upload(DeviceContext& context, const data::DataSet& data, DType dtype = DType::f32);

CsrMatrix upload(DeviceContext& context, const data::CsrArrays& host, DType dtype = DType::f32);

/// On the CPU a view of what `host` keeps.
CsrMatrix upload(DeviceContext& context, const std::shared_ptr<const data::CsrArrays>& host);

}  // namespace lacuna
