#pragma once

#include "runtime/data/text_source.hpp"
#include "runtime/error.hpp"

struct gzFile_s;

namespace lacuna::data {

/// A file read through zlib, which unpacks gzip and hands everything else through.
class GzipText : public TextSource {
 public:
  /// As open_text().
  GzipText(std::string path, std::uint64_t max_bytes, std::size_t piece_bytes);

  std::string_view next(std::vector<char>& storage) override;

 private:
  struct Close {
    void operator()(gzFile_s* file) const;
  };
  std::size_t read(char* to, std::size_t size);
  void check_limits() const;

  std::string path_;
  std::uint64_t max_bytes_;
  std::size_t piece_bytes_;
  std::unique_ptr<gzFile_s, Close> file_;
  std::string rest_;  // the begin of a line, read behind the last piece
  std::uint64_t total_ = 0;
};

/// The error of a file beyond data.max_bytes.
DataError too_long(const std::string& path, std::uint64_t max_bytes);

}  // namespace lacuna::data
