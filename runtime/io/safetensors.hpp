#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/io/file_descriptor.hpp"

/// Tensors in a file, in the safetensors format (https://github.com/huggingface/safetensors).
namespace lacuna::io {

/// Element types, named as in the format.
enum class DType { F32, F64, I32, I64, U8 };

std::string_view dtype_name(DType dtype);
std::size_t dtype_size(DType dtype);  ///< in bytes
/// Bytes of a tensor; nothing for a negative dimension or a product beyond 64 bits.
std::optional<std::uint64_t> tensor_bytes(DType dtype, std::span<const std::int64_t> shape);

/// A row-major tensor whose bytes somebody else owns.
struct TensorEntry {
  std::string name;
  DType dtype = DType::F32;
  std::vector<std::int64_t> shape;  ///< empty for a scalar
  std::span<const std::byte> bytes;
};

/// Writes the tensors, the wide types first and then by name, so that each is aligned to its type.
/// Errors: std::invalid_argument for a name used twice or bytes that do not fit the shape, IoError
/// where the file cannot be written; `path` then holds what it held before.
void write_safetensors(const std::filesystem::path& path, std::span<const TensorEntry> tensors,
                       const std::map<std::string, std::string>& metadata);

/// A file whose header was checked: every tensor lies where its shape says, and together they cover
/// the file.
class SafetensorsReader {
 public:
  /// IoError that names the file, and the tensor where one is at fault.
  explicit SafetensorsReader(const std::filesystem::path& path);

  /// In the order of the data; without bytes.
  const std::vector<TensorEntry>& entries() const { return entries_; }
  const std::map<std::string, std::string>& metadata() const { return metadata_; }

  /// Fills `bytes` with the data that follow: those of the first tensor, then the second's.
  void read(std::span<std::byte> bytes) { file_.read(bytes); }

 private:
  FileDescriptor file_;
  std::vector<TensorEntry> entries_;
  std::map<std::string, std::string> metadata_;
};

/// A file read into memory.
class SafetensorsFile {
 public:
  /// Errors as SafetensorsReader.
  static SafetensorsFile open(const std::filesystem::path& path);

  SafetensorsFile(SafetensorsFile&&) = default;
  SafetensorsFile(const SafetensorsFile&) = delete;

  /// In the order of the data. Their bytes live as long as this object; in files by other writers
  /// they may be unaligned.
  const std::vector<TensorEntry>& entries() const { return entries_; }
  /// The tensor of that name, or null.
  const TensorEntry* find(std::string_view name) const;
  const std::map<std::string, std::string>& metadata() const { return metadata_; }

 private:
  SafetensorsFile() = default;

  std::vector<std::vector<std::byte>> data_;  // by entry
  std::vector<TensorEntry> entries_;
  std::map<std::string, std::string> metadata_;
};

}  // namespace lacuna::io
