#include "runtime/checkpoint/manifest.hpp"

#include <fmt/format.h>

#include "runtime/config/json_reader.hpp"
#include "runtime/data/checksum.hpp"
#include "runtime/error.hpp"
#include "runtime/io/atomic_file.hpp"

namespace lacuna {

namespace fs = std::filesystem;
using config::Json;

namespace {

constexpr std::string_view file_name = "manifest.json";
constexpr std::string_view format = "lacuna checkpoint";
constexpr std::int64_t version = 1;

std::string checksum_of(const Json& content) {
  const std::string text = config::dump(content, 0);
  data::Checksum checksum;
  checksum.update(text.data(), text.size());
  return checksum.hex();
}

/// A name that leads nowhere but into the folder.
bool plain(const std::string& name) {
  return !name.empty() && name.front() != '.' && name.find('/') == std::string::npos &&
         name.find('\0') == std::string::npos;
}

void check_version(const Json& manifest) {
  if (manifest.at("format") != Json(format)) throw ConfigError("the format is another one");
  if (const std::int64_t found = manifest.at("version").as_int64(); found != version) {
    throw ConfigError(fmt::format("its version is {}, this program knows {}", found, version));
  }
}

void check_content(const Json& manifest) {
  manifest.at("state").as_object();
  for (const Json::Member& file : manifest.at("files").as_object()) {
    if (!plain(file.key)) {
      throw ConfigError("no file's name: " + config::in_quotes(file.key));
    }
    file.value.as_object();
  }
}

}  // namespace

void write_manifest(const fs::path& folder, const Json& state, const Json& files) {
  Json manifest =
      Json::object({{"format", format}, {"version", version}, {"state", state}, {"files", files}});
  manifest.set("checksum", checksum_of(manifest));
  io::write_file_atomically(folder / file_name, config::dump(manifest) + "\n");
}

Json parse_manifest(std::string_view text, const std::string& name) {
  try {
    const Json manifest = config::parse_json(text, name);
    check_version(manifest);
    Json content = Json::object();
    for (const Json::Member& member : manifest.as_object()) {
      if (member.key != "checksum") content.set(member.key, member.value);
    }
    const std::string& listed = manifest.at("checksum").as_string();
    Json whole = content;
    whole.set("checksum", listed);
    // Written out again it must be the same text: then no byte of it has changed.
    if (listed != checksum_of(content) || config::dump(whole) + "\n" != text) {
      throw ConfigError("its checksum does not agree with it");
    }
    check_content(content);
    return content;
  } catch (const ConfigError& error) {
    throw IoError(fmt::format("{} is damaged: {}", name, error.what()));
  }
}

Json read_manifest(const fs::path& folder) {
  const fs::path path = folder / file_name;
  std::string text;
  try {
    text = config::read_json_text(path);
  } catch (const ConfigError& error) {
    throw IoError(error.what());
  }
  return parse_manifest(text, path.string());
}

}  // namespace lacuna
