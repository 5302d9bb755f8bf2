#include "kernels/case_memory.hpp"

#include <algorithm>
#include <numeric>

namespace lacuna {

namespace {

/// Four of them are a NaN: reading between rows shows.
constexpr std::byte between_rows{0xff};

}  // namespace

CaseMemory::~CaseMemory() {
  for (const Copy& copy : copies_) runtime_.free(copy.device);
}

void* CaseMemory::add(void* host, std::size_t rows, std::size_t row_bytes, std::size_t gap,
                      bool returns) {
  Copy copy{static_cast<std::byte*>(host), nullptr, rows, row_bytes, gap, returns};
  copies_.reserve(copies_.size() + 1);
  copy.device = static_cast<std::byte*>(runtime_.allocate(std::max<std::size_t>(copy.bytes(), 1)));
  copies_.push_back(copy);
  return copy.device;
}

std::size_t CaseMemory::bytes() const {
  return std::accumulate(copies_.begin(), copies_.end(), std::size_t{0},
                         [](std::size_t sum, const Copy& copy) { return sum + copy.bytes(); });
}

void CaseMemory::to_device() {
  for (const Copy& copy : copies_) {
    std::vector<std::byte> bytes(copy.bytes(), between_rows);
    for (std::size_t r = 0; r < copy.rows; ++r) {
      std::copy_n(copy.host + r * copy.row_bytes, copy.row_bytes,
                  bytes.data() + r * (copy.row_bytes + copy.gap));
    }
    runtime_.copy_to_device(copy.device, bytes.data(), bytes.size());
  }
}

void CaseMemory::to_host() {
  runtime_.synchronize();
  for (const Copy& copy : copies_) {
    if (!copy.returns) continue;
    std::vector<std::byte> bytes(copy.bytes());
    runtime_.copy_to_host(bytes.data(), copy.device, bytes.size());
    for (std::size_t r = 0; r < copy.rows; ++r) {
      const std::byte* row = bytes.data() + r * (copy.row_bytes + copy.gap);
      std::copy_n(row, copy.row_bytes, copy.host + r * copy.row_bytes);
      padding_was_written_ |= std::any_of(row + copy.row_bytes, row + copy.row_bytes + copy.gap,
                                          [](std::byte b) { return b != between_rows; });
    }
  }
}

}  // namespace lacuna
