#include "runtime/data/file_kind.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

struct KnownKind {
  std::string_view magic;
  std::string_view name;
  std::string_view advice;
};

constexpr std::string_view save_as_csv = "save it as CSV";
constexpr std::string_view unpack_it = "unpack it and name the file in it";
constexpr std::string_view fetch_again = "fetch the data themselves";

constexpr std::array known_kinds{
    KnownKind{"PAR1", "a Parquet file",
              "write it as CSV, as by pandas.read_parquet(...).to_csv(..., index=False)"},
    KnownKind{"ARROW1", "an Arrow (Feather) file",
              "write it as CSV, as by pandas.read_feather(...).to_csv(..., index=False)"},
    KnownKind{"\xD0\xCF\x11\xE0", "an Excel workbook (.xls)", save_as_csv},
    KnownKind{"SQLite format 3", "an SQLite database",
              "export the table: sqlite3 -header -csv FILE 'SELECT ...'"},
    KnownKind{"\x89HDF", "an HDF5 file", save_as_csv},
    KnownKind{"\x93NUMPY", "a NumPy array", "write it as text: numpy.savetxt"},
    KnownKind{"RDX3\n", "an R workspace", "write the data frame: write.csv(x, row.names=FALSE)"},
    KnownKind{"RDX2\n", "an R workspace", "write the data frame: write.csv(x, row.names=FALSE)"},
    KnownKind{{"X\n\0\0", 4}, "an R object (.rds)", "write it: write.csv(x, row.names=FALSE)"},
    KnownKind{"\x80\x02", "a Python pickle", save_as_csv},
    KnownKind{"\x80\x03", "a Python pickle", save_as_csv},
    KnownKind{"\x80\x04", "a Python pickle", save_as_csv},
    KnownKind{"\x80\x05", "a Python pickle", save_as_csv},
    KnownKind{"7z\xBC\xAF", "a 7z archive", unpack_it},
    KnownKind{"Rar!", "a RAR archive", unpack_it},
    KnownKind{"\x04\x22\x4D\x18", "an lz4 file", "unpack it: lz4 -d FILE"},
    KnownKind{"\x1f\x9d", "a compress (.Z) file", "unpack it: gzip -d FILE"},
    KnownKind{"\x1f\x8b", "packed by gzip twice", "unpack it: gzip -d FILE"},
    KnownKind{"BZh9", "packed twice, by bzip2 within",
              "unpack it, and what comes out: bzip2 -d FILE"},
    KnownKind{"\xfd\x37zXZ", "packed twice, by xz within",
              "unpack it, and what comes out: xz -d FILE"},
    KnownKind{"\x28\xb5\x2f\xfd", "packed twice, by zstd within",
              "unpack it, and what comes out: zstd -d FILE"},
    KnownKind{{"\x5d\0\0", 3}, "an lzma file", "unpack it: xz -d FILE"},
    KnownKind{"PK\x03\x04", "an archive within an archive, or an Excel workbook", unpack_it},
    KnownKind{"%PDF", "a PDF", save_as_csv},
    KnownKind{"Obj\x01", "an Avro file", save_as_csv},
    KnownKind{{"\xFF\xFE\0\0", 4}, "text in UTF-32", "convert it: iconv -f UTF-32 -t UTF-8 FILE"},
    KnownKind{{"\0\0\xFE\xFF", 4}, "text in UTF-32", "convert it: iconv -f UTF-32 -t UTF-8 FILE"},
    KnownKind{"\xFF\xFE", "text in UTF-16", "convert it: iconv -f UTF-16 -t UTF-8 FILE"},
    KnownKind{"\xFE\xFF", "text in UTF-16", "convert it: iconv -f UTF-16 -t UTF-8 FILE"},
    KnownKind{"<!DOCTYPE", "a web page, not data", fetch_again},
    KnownKind{"<!doctype", "a web page, not data", fetch_again},
    KnownKind{"<html", "a web page, not data", fetch_again},
    KnownKind{"<HTML", "a web page, not data", fetch_again},
    KnownKind{"<?xml", "an XML file", save_as_csv},
    KnownKind{"<table", "a web page, not data", save_as_csv},
    KnownKind{"version https://git-lfs", "a Git LFS pointer, not the data",
              "fetch them: git lfs pull"},
};

constexpr std::size_t tar_magic_at = 257;

bool is_tar(std::string_view begin) {
  return begin.size() > tar_magic_at && begin.substr(tar_magic_at).starts_with("ustar");
}

/// Text of two bytes a character without a mark has a NUL in every second place.
bool looks_like_utf16(std::string_view begin) {
  const auto zeros = static_cast<std::size_t>(std::ranges::count(begin, '\0'));
  return begin.size() >= 4 && 5 * zeros >= 2 * begin.size() && 5 * zeros <= 3 * begin.size();
}

bool has_old_line_ends(std::string_view begin) {
  const std::size_t end = begin.find('\r');
  return end != begin.npos && begin.find('\n') == begin.npos &&
         begin.find_first_not_of('\r', end) != begin.npos;
}

}  // namespace

void check_is_text(std::string_view begin, const std::string& path) {
  const auto refuse = [&](std::string_view name, std::string_view advice) {
    throw DataError(fmt::format("{} is {}: {}", path, name, advice));
  };
  const std::string_view written =
      begin.substr(std::min(begin.size(), begin.find_first_not_of("\r\n ")));
  for (const KnownKind& known : known_kinds) {
    if (written.starts_with(known.magic)) refuse(known.name, known.advice);
  }
  if (is_tar(begin)) refuse("a tar archive", unpack_it);
  if (has_old_line_ends(begin)) {
    refuse("text with the line ends of old Macs (CR)", "convert them: tr '\\r' '\\n' < FILE");
  }
  const std::size_t nul = begin.find('\0');
  if (nul == std::string_view::npos) return;
  if (begin.starts_with("ORC")) refuse("an ORC file", save_as_csv);
  if (looks_like_utf16(begin)) {
    refuse("text in UTF-16", begin.front() == '\0' ? "convert it: iconv -f UTF-16BE -t UTF-8 FILE"
                                                   : "convert it: iconv -f UTF-16LE -t UTF-8 FILE");
  }
  refuse(fmt::format("no text, line {} holds a NUL byte",
                     1 + std::ranges::count(begin.substr(0, nul), '\n')),
         "save it as CSV in UTF-8");
}

}  // namespace lacuna::data
