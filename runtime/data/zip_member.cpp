#include "runtime/data/zip_member.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "runtime/config/suggest.hpp"
#include "runtime/data/row_fields.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

constexpr std::size_t listed_members = 10;

struct CloseZip {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseMember {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Zip = std::unique_ptr<zip_t, CloseZip>;

Zip open_zip(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) {
    throw DataError(path + " is a zip file that comes through a pipe: save it as a file first");
  }
  int code = 0;
  Zip archive(zip_open(path.c_str(), ZIP_RDONLY, &code));
  if (archive) return archive;
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string why = zip_error_strerror(&error);
  zip_error_fini(&error);
  throw DataError(fmt::format("{} is a damaged zip file ({}): fetch it again", path, why));
}

std::vector<std::string> members_of(zip_t* archive) {
  std::vector<std::string> names;
  const zip_int64_t count = zip_get_num_entries(archive, 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    const char* name = zip_get_name(archive, static_cast<zip_uint64_t>(i), 0);
    if (name == nullptr) continue;
    const std::string_view text(name);
    if (text.ends_with('/') || text.starts_with("__MACOSX/") || text.ends_with(".DS_Store"))
      continue;
    names.emplace_back(text);
  }
  return names;
}

std::string listed(const std::vector<std::string>& names) {
  std::vector<std::string> shown;
  for (const std::string& name : names) {
    if (shown.size() == listed_members) break;
    shown.push_back(printable(name));
  }
  return config::joined(shown, ", ") + (names.size() > listed_members ? ", ..." : "");
}

class ZipUnpacker final : public Unpacker {
 public:
  ZipUnpacker(const std::string& path, const std::string& member)
      : path_(fmt::format("{}/{}", path, printable(member))), archive_(open_zip(path)) {
    const zip_int64_t place = zip_name_locate(archive_.get(), member.c_str(), 0);
    if (place < 0) {
      throw DataError(fmt::format("{} holds no file '{}': it has {}", path, printable(member),
                                  listed(members_of(archive_.get()))));
    }
    zip_stat_t facts;
    zip_stat_init(&facts);
    if (zip_stat_index(archive_.get(), static_cast<zip_uint64_t>(place), 0, &facts) == 0 &&
        (facts.valid & ZIP_STAT_COMP_SIZE) != 0) {
      packed_bytes_ = facts.comp_size;
    }
    file_.reset(zip_fopen_index(archive_.get(), static_cast<zip_uint64_t>(place), 0));
    if (!file_) {
      throw DataError(fmt::format("cannot unpack {} ({}): unpack it, and name the file in it",
                                  path_, zip_strerror(archive_.get())));
    }
  }

  std::size_t read(char* to, std::size_t size) override {
    std::size_t got = 0;
    while (got < size) {
      const zip_int64_t count = zip_fread(file_.get(), to + got, size - got);
      if (count == 0) break;
      if (count < 0) {
        throw DataError(fmt::format("{} is damaged ({}): fetch it again", path_,
                                    zip_file_strerror(file_.get())));
      }
      got += static_cast<std::size_t>(count);
    }
    return got;
  }

  std::uint64_t packed_bytes() const override { return packed_bytes_; }

 private:
  std::string path_;
  Zip archive_;
  std::unique_ptr<zip_file_t, CloseMember> file_;  // before the archive it is of
  std::uint64_t packed_bytes_ = 0;                 // of the whole member
};

}  // namespace

std::vector<std::string> zip_members(const std::string& path) {
  return members_of(open_zip(path).get());
}

std::unique_ptr<Unpacker> open_zip_member(const std::string& path, const std::string& member) {
  if (!member.empty()) return std::make_unique<ZipUnpacker>(path, member);
  const std::vector<std::string> names = zip_members(path);
  const auto has = [&](std::string_view name) {
    return std::ranges::find(names, name) != names.end();
  };
  if (has("xl/workbook.xml") || has("content.xml")) {
    throw DataError(path + " is an Excel workbook (or OpenDocument's): save it as CSV");
  }
  if (names.empty()) throw DataError(path + " is a zip file without files: fetch it again");
  if (names.size() > 1) {
    throw DataError(fmt::format("{} holds {} files: name one of them, as in {}/{}; it has {}", path,
                                names.size(), path, printable(names.front()), listed(names)));
  }
  return std::make_unique<ZipUnpacker>(path, names.front());
}

}  // namespace lacuna::data
