#include "runtime/data/ratings/ratings_cache.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

#include "runtime/config/suggest.hpp"
#include "runtime/config/write.hpp"
#include "runtime/data/checksum.hpp"
#include "runtime/data/text_source.hpp"
#include "runtime/error.hpp"
#include "runtime/io/file_descriptor.hpp"
#include "runtime/io/safetensors.hpp"

namespace lacuna::data {
namespace {

namespace fs = std::filesystem;
using io::DType;

constexpr std::string_view version = "2";  // of the files' layout and of what parsing yields

/// The settings that change what a file's ratings are, as text.
std::string text_of(RatingsSource settings) {
  std::visit(
      [](auto& source) {
        static_cast<RatingsConfig&>(source) = {};
        if constexpr (requires { source.path; }) source.path.clear();
      },
      settings);
  return config::dump(config::to_json(settings), 0);
}

/// Of all that a file keeps.
std::string checksum_of(const Ratings& ratings) {
  Checksum checksum;
  const auto add = [&](const auto& values) {
    checksum.update(values.data(), values.size() * sizeof(values[0]));
  };
  add(ratings.checksum);
  for (const Ids* ids : {&ratings.ids.user, &ratings.ids.item}) {
    add(ids->numbers());
    add(ids->texts().bytes());
    add(ids->texts().ends());
  }
  add(ratings.user);
  add(ratings.item);
  add(ratings.value);
  add(ratings.time);
  for (const std::string& note : ratings.notes) add(note);
  return checksum.hex();
}

template <class Values>
io::TensorEntry entry(std::string name, DType dtype, const Values& values) {
  return {std::move(name),
          dtype,
          {static_cast<std::int64_t>(values.size())},
          std::as_bytes(std::span(values))};
}

template <class T>
std::vector<T> read(const io::SafetensorsFile& file, std::string_view name, DType dtype) {
  const io::TensorEntry* tensor = file.find(name);
  if (tensor == nullptr || tensor->dtype != dtype || tensor->shape.size() != 1) {
    throw IoError(fmt::format("it has no list '{}'", name));
  }
  std::vector<T> values(tensor->bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), tensor->bytes.data(), tensor->bytes.size());
  return values;
}

/// The tensors of a column's ids.
struct IdNames {
  std::string_view numbers;
  std::string_view texts;
  std::string_view ends;
};
constexpr IdNames user_names{"users", "user_texts", "user_ends"};
constexpr IdNames item_names{"items", "item_texts", "item_ends"};

Ids read_ids(const io::SafetensorsFile& file, const IdNames& names) {
  auto numbers = read<std::uint64_t>(file, names.numbers, DType::I64);
  auto ends = read<std::uint64_t>(file, names.ends, DType::I64);
  if (ends.empty()) return numbers;
  const auto bytes = read<char>(file, names.texts, DType::U8);
  if (!numbers.empty() || !std::ranges::is_sorted(ends) || ends.back() != bytes.size()) {
    throw IoError("its ids do not fit");
  }
  return Ids(TextList::from({bytes.begin(), bytes.end()}, std::move(ends)));
}

/// What Ratings promises and its users rely on.
bool is_whole(const Ratings& ratings) {
  const std::size_t size = ratings.value.size();
  if (ratings.user.size() != size || ratings.item.size() != size) return false;
  if (!ratings.time.empty() && ratings.time.size() != size) return false;
  const auto below = [](std::int64_t end) {
    return [end](std::int32_t index) { return 0 <= index && index < end; };
  };
  return std::ranges::all_of(ratings.user, below(ratings.users())) &&
         std::ranges::all_of(ratings.item, below(ratings.items()));
}

/// IoError where the file is not one that keep() wrote under these settings.
Ratings read_ratings(const io::SafetensorsFile& file, const std::string& settings) {
  const auto note = [&](const std::string& name) {
    const auto found = file.metadata().find(name);
    return found == file.metadata().end() ? std::string() : found->second;
  };
  if (note("version") != version || note("settings") != settings) {
    throw IoError("it was not made for these settings");
  }
  Ratings ratings;
  ratings.ids.user = read_ids(file, user_names);
  ratings.ids.item = read_ids(file, item_names);
  ratings.user = read<std::int32_t>(file, "user", DType::I32);
  ratings.item = read<std::int32_t>(file, "item", DType::I32);
  ratings.value = read<float>(file, "value", DType::F32);
  ratings.time = read<double>(file, "time", DType::F64);
  ratings.checksum = note("source");
  std::istringstream notes(note("notes"));
  for (std::string line; std::getline(notes, line);) ratings.notes.push_back(line);
  if (note("checksum") != checksum_of(ratings) || !is_whole(ratings)) {
    throw IoError("its checksum does not fit");
  }
  return ratings;
}

}  // namespace

RatingsCache::RatingsCache(fs::path folder, RatingsSource settings, Remark remark)
    : folder_(std::move(folder)),
      settings_(text_of(std::move(settings))),
      remark_(std::move(remark)) {}

std::string RatingsCache::key(const std::string& source) const {
  constexpr std::size_t piece_bytes = std::size_t{1} << 20;
  const io::MappedFile file = map_data(source);
  Checksum bytes;
  for (std::size_t begin = 0; begin < file.bytes().size(); begin += piece_bytes) {
    const std::string_view piece = file.bytes().substr(begin, piece_bytes);
    bytes.update(piece.data(), piece.size());
    file.release(piece);
  }
  const std::string text = fmt::format("{} {} {}", version, bytes.hex(), settings_);
  Checksum key;
  key.update(text.data(), text.size());
  return key.hex();
}

std::optional<Ratings> RatingsCache::find(const std::string& key, const std::string& source) const {
  const fs::path path = file(key);
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return std::nullopt;
  try {
    Ratings ratings = read_ratings(io::SafetensorsFile::open(path), settings_);
    ratings.source = source;
    remark_(fmt::format("{}: its parsed ratings are taken from {}", source, path.string()));
    return ratings;
  } catch (const IoError& error) {
    remark_(fmt::format("{} is parsed again, {} cannot be used: {}", source, path.string(),
                        error.what()));
    return std::nullopt;
  }
}

void RatingsCache::keep(const std::string& key, const Ratings& ratings) const {
  std::vector<io::TensorEntry> tensors{
      entry("user", DType::I32, ratings.user), entry("item", DType::I32, ratings.item),
      entry("value", DType::F32, ratings.value), entry("time", DType::F64, ratings.time)};
  const auto add = [&](const IdNames& names, const Ids& ids) {
    tensors.push_back(entry(std::string(names.numbers), DType::I64, ids.numbers()));
    tensors.push_back(entry(std::string(names.texts), DType::U8, ids.texts().bytes()));
    tensors.push_back(entry(std::string(names.ends), DType::I64, ids.texts().ends()));
  };
  add(user_names, ratings.ids.user);
  add(item_names, ratings.ids.item);
  try {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) throw io::os_error("create the folder", folder_, error.value());
    io::write_safetensors(file(key), tensors,
                          {{"version", std::string(version)},
                           {"settings", settings_},
                           {"source", ratings.checksum},
                           {"notes", config::joined(ratings.notes, "\n")},
                           {"checksum", checksum_of(ratings)}});
  } catch (const IoError& error) {
    remark_(fmt::format("the parsed ratings of {} are not kept: {}", ratings.source, error.what()));
  }
}

fs::path RatingsCache::file(const std::string& key) const {
  return folder_ / (key + ".safetensors");
}

}  // namespace lacuna::data
