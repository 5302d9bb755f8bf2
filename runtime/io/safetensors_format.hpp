#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "runtime/io/safetensors.hpp"

/// What the writer and the reader of safetensors files share: u64 header length, a JSON header
/// {"name": {"dtype", "shape", "data_offsets": [begin, end)}, "__metadata__": {...}}, the data.
namespace lacuna::io {

static_assert(std::endian::native == std::endian::little, "the format is little-endian");

inline constexpr std::string_view metadata_key = "__metadata__";
inline constexpr std::uint64_t max_header_bytes = 100'000'000;
inline constexpr std::array dtypes = {DType::F32, DType::F64, DType::I32, DType::I64, DType::U8};

}  // namespace lacuna::io
