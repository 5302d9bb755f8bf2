#include "experiments/bench/parse_ratings/rating_text.hpp"

#include <fmt/format.h>
#include <sys/mman.h>

#include <cerrno>
#include <iterator>
#include <span>

#include "kernels/core/philox.hpp"

namespace lacuna::experiments::bench {

namespace {

io::FileDescriptor memory_file() {
  const int descriptor = ::memfd_create("ratings.dat", MFD_CLOEXEC);
  if (descriptor < 0) throw io::os_error("create", "a file in memory", errno);
  return {descriptor, "a file in memory"};
}

}  // namespace

std::string rating_text(const TextShape& shape) {
  constexpr std::int64_t id_step = 6;  // item ids reach beyond the number of items
  std::string text;
  text.reserve(static_cast<std::size_t>(shape.rows) * 28);
  for (std::int64_t row = 0; row < shape.rows; ++row) {
    const auto word = philox({}, static_cast<std::uint64_t>(row));
    const std::int64_t user = 1 + row * shape.users / shape.rows;
    const double popularity = open_uniform(word[0]);
    const auto item =
        static_cast<std::int64_t>(static_cast<double>(shape.items) * popularity * popularity);
    const unsigned halves = 1 + word[1] % 10;
    fmt::format_to(std::back_inserter(text), "{}::{}::{}{}::{}\n", user, 1 + id_step * item,
                   halves / 2, halves % 2 == 1 ? ".5" : "", 800'000'000 + word[2] % 400'000'000);
  }
  return text;
}

TextInMemory::TextInMemory(const std::string& text) : file_(memory_file()), bytes_(text.size()) {
  file_.write(std::as_bytes(std::span(text)));
}

std::string TextInMemory::path() const {
  return fmt::format("/proc/self/fd/{}", file_.get());
}

}  // namespace lacuna::experiments::bench
