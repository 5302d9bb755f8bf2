#include "runtime/data/sampled_text.hpp"

#include <functional>

#include "runtime/data/text_lines.hpp"

namespace lacuna::data {

std::string_view SampledText::sample() {
  constexpr std::size_t least_bytes = std::size_t{64} << 10;
  std::vector<char> storage;
  std::vector<std::size_t> ends;
  while (sample_.size() < least_bytes) {
    const std::string_view piece = source_.next(storage);
    if (piece.empty()) break;
    sample_ += piece;
    ends.push_back(sample_.size());
  }
  std::size_t begin = 0;
  for (const std::size_t end : ends) {
    pieces_.push_back(std::string_view(sample_).substr(begin, end - begin));
    begin = end;
  }
  return sample_;
}

void SampledText::skip_lines(std::int64_t count) {
  if (!pieces_.empty()) take_byte_order_mark(pieces_.front());
  while (!pieces_.empty() && (pieces_.front().empty() || count > 0)) {
    if (pieces_.front().empty()) {
      pieces_.pop_front();
      continue;
    }
    take_line(pieces_.front());
    --count;
  }
}

void SampledText::release(std::string_view piece) const {
  const std::less<> before;
  const char* end = sample_.data() + sample_.size();
  const bool sampled = !before(piece.data(), sample_.data()) && !before(end, piece.data());
  if (!sampled) source_.release(piece);
}

std::string_view SampledText::next(std::vector<char>& storage) {
  if (pieces_.empty()) return source_.next(storage);
  const std::string_view piece = pieces_.front();
  pieces_.pop_front();
  return piece;
}

}  // namespace lacuna::data
