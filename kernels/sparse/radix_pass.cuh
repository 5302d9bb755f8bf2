#pragma once

#include "kernels/core/block_scan.cuh"
#include "kernels/core/scratch_layout.hpp"

/// One pass of a stable radix sort of (key, number) by a digit of the key.
namespace lacuna {
inline namespace LACUNA_NS {

inline constexpr int digit_bits = 8;
inline constexpr unsigned digits = 1U << digit_bits;
inline constexpr unsigned radix_threads = digits;  // a thread per digit between the phases
inline constexpr unsigned radix_warps = radix_threads / warp_lanes;
/// Keys of a thread: a block's digits are counted for 2048 entries, so that counts are 1/8 of the
/// keys and a mini-batch of 10,000 entries still has some blocks.
inline constexpr int radix_visits = 8;
inline constexpr std::int64_t radix_tile = std::int64_t{radix_visits} * radix_threads;

struct RadixPass {
  /// The entries [ptr[0], ptr[lists]) are sorted; the host knows that there are `nnz` at most.
  const std::int64_t* ptr = nullptr;
  std::int64_t lists = 0;
  std::int64_t nnz = 0;

  int shift = 0;                              ///< of the digit
  const std::int32_t* from = nullptr;         ///< keys
  const std::int32_t* from_number = nullptr;  ///< nullptr: 0, 1, ..., of keys from ptr[0] on
  std::int32_t* to = nullptr;
  std::int32_t* to_number = nullptr;
  std::int32_t* counts = nullptr;  ///< [digits, blocks]
  std::int32_t* totals = nullptr;  ///< [digits]

  LACUNA_HD std::int64_t blocks() const { return (nnz + radix_tile - 1) / radix_tile; }
  __device__ std::int64_t size() const { return ptr[lists] - ptr[0]; }
};

/// A pass's counts in a scratch layout.
class RadixMemory {
 public:
  RadixMemory(ScratchLayout& layout, std::int64_t nnz)
      : counts_(layout.add<std::int32_t>(RadixPass{.nnz = nnz}.blocks() * digits)),
        totals_(layout.add<std::int32_t>(digits)) {}

  void assign(const ScratchLayout& layout, RadixPass& pass) const {
    pass.counts = layout.at<std::int32_t>(counts_);
    pass.totals = layout.at<std::int32_t>(totals_);
  }

 private:
  std::size_t counts_;
  std::size_t totals_;
};

/// A thread's keys. A warp has neighbouring ones, 32 at a visit, so that the order of entries is
/// that of warps, then visits, then lanes.
struct RadixKeys {
  static constexpr std::int32_t none = -1;
  std::int64_t first;  ///< this lane's, numbered from 0; the next one is 32 further
  std::int32_t key[radix_visits];

  __device__ explicit RadixKeys(const RadixPass& pass) {
    const std::int64_t warp = std::int64_t{blockIdx.x} * radix_warps + threadIdx.x / warp_lanes;
    first = warp * radix_visits * warp_lanes + threadIdx.x % warp_lanes;
    const std::int32_t* from = pass.from + (pass.from_number == nullptr ? pass.ptr[0] : 0);
    for (int v = 0; v < radix_visits; ++v) key[v] = at(v) < pass.size() ? from[at(v)] : none;
  }

  __device__ std::int64_t at(int v) const { return first + v * std::int64_t{warp_lanes}; }
  __device__ std::int32_t number(const RadixPass& pass, int v) const {
    if (pass.from_number == nullptr) return static_cast<std::int32_t>(at(v));
    return at(v) < pass.size() ? pass.from_number[at(v)] : none;
  }
};

/// The lanes whose key has the same digit, and how many of them come before this one.
struct SameDigit {
  unsigned digit;  ///< `digits` where there is no key
  unsigned before;
  unsigned count;

  __device__ SameDigit(std::int32_t key, int shift) {
    digit = key < 0 ? digits : (static_cast<unsigned>(key) >> shift) % digits;
    const unsigned lanes = __match_any_sync(all_lanes, digit);
    const unsigned earlier = (1U << (threadIdx.x % warp_lanes)) - 1;
    before = static_cast<unsigned>(__popc(lanes & earlier));
    count = static_cast<unsigned>(__popc(lanes));
  }

  /// One lane for each digit that is there.
  __device__ bool leads() const { return before == 0 && digit < digits; }
};

/// Entries of each digit by warp: counts[warp * digits + digit].
__device__ inline void count_digits(const RadixPass& pass, const RadixKeys& keys,
                                    std::int32_t* counts) {
  for (unsigned w = 0; w < radix_warps; ++w) counts[w * digits + threadIdx.x] = 0;
  __syncthreads();
  std::int32_t* own = counts + threadIdx.x / warp_lanes * digits;
  for (int v = 0; v < radix_visits; ++v) {
    const SameDigit same(keys.key[v], pass.shift);
    if (same.leads()) own[same.digit] += static_cast<std::int32_t>(same.count);
    __syncwarp();
  }
  __syncthreads();
}

}  // namespace LACUNA_NS
}  // namespace lacuna
