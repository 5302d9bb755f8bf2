#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/text_source.hpp"

namespace lacuna::data {

/// A text whose begin can be looked at before it is read, a pipe's too.
class SampledText {
 public:
  /// Refers to `source`, of which nothing has been read.
  explicit SampledText(TextSource& source) : source_(source) {}

  /// The first pieces, at least 64 KiB unless the text is shorter; before anything else.
  std::string_view sample();

  /// Leaves the first lines out, and a byte order mark; once, behind sample().
  void skip_lines(std::int64_t count);

  /// As TextSource.
  std::string_view next(std::vector<char>& storage);
  void release(std::string_view piece) const;
  std::string checksum() const { return source_.checksum(); }

 private:
  TextSource& source_;
  std::string sample_;
  std::deque<std::string_view> pieces_;  // of sample_, not handed out yet
};

}  // namespace lacuna::data
