#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "runtime/config/json.hpp"
#include "runtime/config/json_reader.hpp"
#include "runtime/error.hpp"
#include "runtime/io/file_descriptor.hpp"
#include "runtime/io/safetensors.hpp"
#include "runtime/io/safetensors_format.hpp"

namespace lacuna::io {
namespace {

namespace fs = std::filesystem;
using config::Json;

IoError damaged(const fs::path& path, std::string_view what) {
  return IoError(fmt::format("{} is damaged or no safetensors file: {}", path.string(), what));
}

/// One tensor's line of the header. `data` is not read, only measured out.
struct HeaderEntry {
  TensorEntry tensor;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

/// Reads a tensor's description; `fail` makes an error out of what is wrong with it.
template <class Fail>
HeaderEntry read_entry(const Json::Member& member, Fail fail) {
  HeaderEntry entry;
  entry.tensor.name = member.key;
  const Json& json = member.value;
  if (!json.is_object() || json.as_object().size() != 3 || json.find("dtype") == nullptr ||
      json.find("shape") == nullptr || json.find("data_offsets") == nullptr) {
    throw fail("needs exactly dtype, shape and data_offsets");
  }
  const auto dtype = std::ranges::find_if(
      dtypes, [&](DType known) { return *json.find("dtype") == Json(dtype_name(known)); });
  if (dtype == dtypes.end()) throw fail("the dtype is none of F32, F64, I32, I64");
  entry.tensor.dtype = *dtype;

  const auto integers = [&](std::string_view key) {
    std::vector<std::int64_t> values;
    const Json& list = *json.find(key);
    if (!list.is_array()) throw fail(fmt::format("{} is no array", key));
    for (const Json& element : list.as_array()) {
      const auto value = element.is_double() ? std::nullopt : element.to_int64();
      if (!value || *value < 0) throw fail(fmt::format("{} holds no plain numbers", key));
      values.push_back(*value);
    }
    return values;
  };
  entry.tensor.shape = integers("shape");
  const auto offsets = integers("data_offsets");
  if (offsets.size() != 2 || offsets[0] > offsets[1]) throw fail("data_offsets is no range");
  entry.begin = static_cast<std::uint64_t>(offsets[0]);
  entry.end = static_cast<std::uint64_t>(offsets[1]);
  if (tensor_bytes(entry.tensor.dtype, entry.tensor.shape) != entry.end - entry.begin) {
    throw fail("dtype, shape and data_offsets contradict each other");
  }
  return entry;
}

std::vector<HeaderEntry> read_entries(const Json& header, const fs::path& path) {
  std::vector<HeaderEntry> entries;
  for (const Json::Member& member : header.as_object()) {
    if (member.key == metadata_key) continue;
    entries.push_back(read_entry(member, [&](std::string_view what) {
      return damaged(path, fmt::format("tensor {}: {}", config::in_quotes(member.key), what));
    }));
  }
  std::ranges::sort(entries, [](const HeaderEntry& a, const HeaderEntry& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  return entries;
}

/// The tensors must follow each other without holes and end with the file.
void check_coverage(std::span<const HeaderEntry> entries, std::uint64_t data_bytes,
                    const fs::path& path) {
  std::uint64_t offset = 0;
  for (const HeaderEntry& entry : entries) {
    if (entry.begin != offset) {
      throw damaged(path, fmt::format("tensor {} begins at byte {} of the data, not at {}",
                                      config::in_quotes(entry.tensor.name), entry.begin, offset));
    }
    offset = entry.end;
  }
  if (offset != data_bytes) {
    throw damaged(path, fmt::format("the tensors take {} bytes, but {} follow the header", offset,
                                    data_bytes));
  }
}

std::map<std::string, std::string> read_metadata(const Json& header, const fs::path& path) {
  std::map<std::string, std::string> metadata;
  const Json* notes = header.find(metadata_key);
  if (notes == nullptr) return metadata;
  if (!notes->is_object()) throw damaged(path, "__metadata__ is no object");
  for (const Json::Member& member : notes->as_object()) {
    if (!member.value.is_string()) throw damaged(path, "__metadata__ holds more than strings");
    metadata[member.key] = member.value.as_string();
  }
  return metadata;
}

std::uint64_t file_bytes(const FileDescriptor& file) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) throw os_error("read", file.path(), errno);
  if (!S_ISREG(status.st_mode)) {
    throw IoError("cannot read " + file.path().string() + ": it is not a regular file");
  }
  return static_cast<std::uint64_t>(status.st_size);
}

Json read_header(FileDescriptor& file, std::uint64_t header_bytes) {
  std::string text(header_bytes, '\0');
  file.read(std::as_writable_bytes(std::span(text)));
  if (!text.starts_with('{')) throw damaged(file.path(), "the header is no JSON object");
  try {
    return config::parse_json(text, file.path().string());
  } catch (const ConfigError& error) {
    throw damaged(file.path(), error.what());
  }
}

}  // namespace

SafetensorsReader::SafetensorsReader(const fs::path& path) : file_(path, O_RDONLY) {
  const std::uint64_t size = file_bytes(file_);
  std::uint64_t header_bytes = 0;
  if (size < sizeof(header_bytes)) throw damaged(path, "it is shorter than 8 bytes");
  read(std::as_writable_bytes(std::span(&header_bytes, 1)));
  const std::uint64_t rest = size - sizeof(header_bytes);
  if (header_bytes > std::min(rest, max_header_bytes)) {
    throw damaged(path, fmt::format("a header of {} bytes in a file of {}", header_bytes, size));
  }
  const Json header = read_header(file_, header_bytes);
  const std::vector<HeaderEntry> entries = read_entries(header, path);
  check_coverage(entries, rest - header_bytes, path);
  metadata_ = read_metadata(header, path);
  for (const HeaderEntry& entry : entries) entries_.push_back(entry.tensor);
}

SafetensorsFile SafetensorsFile::open(const fs::path& path) {
  SafetensorsReader reader(path);
  SafetensorsFile result;
  result.metadata_ = reader.metadata();
  for (const TensorEntry& entry : reader.entries()) {
    reader.read(result.data_.emplace_back(*tensor_bytes(entry.dtype, entry.shape)));
    result.entries_.emplace_back(entry).bytes = result.data_.back();
  }
  return result;
}

const TensorEntry* SafetensorsFile::find(std::string_view name) const {
  const auto found = std::ranges::find(entries_, name, &TensorEntry::name);
  return found == entries_.end() ? nullptr : &*found;
}

}  // namespace lacuna::io
