#include "runtime/data/ratings/parse_ratings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "runtime/data/checksum.hpp"
#include "runtime/data/ratings/parallel_parser.hpp"
#include "runtime/data/text_source.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

bool same_columns(const RowLayout& a, const RowLayout& b) {
  return a.kind == b.kind && a.format.delimiter == b.format.delimiter && a.user == b.user &&
         a.item == b.item && a.rating == b.rating && a.time == b.time && a.keys == b.keys;
}

class FilesParser {
 public:
  FilesParser(const FileFormat& format, std::uint64_t max_bytes, const ParseOptions& options)
      : format_(format), max_bytes_(max_bytes), options_(options) {}

  void parse(const RatingsFile& file) {
    if (file.parts.empty()) {
      parse_one(file.path, file.part, format_);
    } else {
      parse_parts(file);
    }
    merger_.end_files(file.path);
  }

  ParsedRatings finish() {
    if (checksums_.size() == 1) return merger_.finish(std::move(checksums_.front()));
    Checksum all;
    for (const std::string& one : checksums_) all.update(one.data(), one.size());
    return merger_.finish(all.hex());
  }

 private:
  void parse_parts(const RatingsFile& file) {
    FileFormat format = format_;
    if (format.advice.empty()) {
      format.advice = "of a folder's parts: name one of them in data.path, or remove what is none";
    }
    std::optional<FileLayout> first;
    for (const std::string& part : file.parts) {
      FileLayout layout = parse_one(part, file.part, format);
      if (layout.empty) continue;
      if (!first) {
        first = std::move(layout);
      } else if (!same_columns(first->row, layout.row)) {
        throw DataError(
            fmt::format("{} has other columns than {}: name one of them in data.path, or remove "
                        "what is no part",
                        part, file.parts.front()));
      }
    }
  }

  FileLayout parse_one(const std::string& path, RatingsPart part, const FileFormat& format) {
    const auto source = open_text(path, max_bytes_, options_.piece_bytes);
    FileLayout layout = parse_text(*source, path, part, format, options_.threads, merger_);
    checksums_.push_back(source->checksum());
    if (checksums_.size() == 1) {
      for (const std::string& note : layout.notes) merger_.note(fmt::format("{}: {}", path, note));
    }
    return layout;
  }

  const FileFormat& format_;
  std::uint64_t max_bytes_;
  const ParseOptions& options_;
  RatingMerger merger_;
  std::vector<std::string> checksums_;
};

struct Place {
  std::size_t file = 0;
  std::int64_t line = 0;
};

Place find_place(const ParsedRatings& parsed, std::int64_t entry) {
  const auto behind = std::ranges::upper_bound(parsed.marks, entry, {}, &LineMark::entry);
  if (behind == parsed.marks.begin()) return {};
  const LineMark& mark = *(behind - 1);
  return {mark.file, mark.line + entry - mark.entry};
}

}  // namespace

std::string ParsedRatings::place_of(std::int64_t entry) const {
  const Place place = find_place(*this, entry);
  return fmt::format("{}:{}", files.at(place.file), place.line);
}

std::string ParsedRatings::line_of(std::int64_t entry, std::int64_t beside) const {
  const Place place = find_place(*this, entry);
  const bool same = place.file == find_place(*this, beside).file;
  return same ? std::to_string(place.line) : place_of(entry);
}

ParsedRatings parse_ratings(std::span<const RatingsFile> files, const FileFormat& format,
                            std::uint64_t max_bytes, const ParseOptions& options) {
  FilesParser parser(format, max_bytes, options);
  for (const RatingsFile& file : files) parser.parse(file);
  return parser.finish();
}

}  // namespace lacuna::data
