#pragma once

#include <cstdint>
#include <cstring>
#include <source_location>
#include <string>

/// What lanes meet for. Values travel as bits.
namespace lacuna::emulation {

inline constexpr unsigned warp_lanes = 32;

enum class Operation : std::uint8_t {
  syncthreads,
  syncwarp,
  shfl,
  shfl_up,
  shfl_down,
  shfl_xor,
  ballot,
  any,
  all,
  match_any
};

/// One lane's call of a function that waits for other lanes.
struct Request {
  Operation operation = Operation::syncthreads;
  unsigned mask = 0;        ///< of the warp's lanes that take part; nothing at a block's barrier
  std::uint64_t value = 0;  ///< what the lane gives
  unsigned argument = 0;    ///< of a shuffle: the lane, the distance or the bits to flip
  unsigned width = warp_lanes;
  std::source_location site;
};

/// "__shfl_sync (ovr_cuda.cu:31) with mask 0xffffffff"
std::string text(const Request& request);

bool same_place(const std::source_location& a, const std::source_location& b);

/// Whether two lanes wait for the same call.
inline bool same_call(const Request& a, const Request& b) {
  return a.operation == b.operation && a.mask == b.mask &&
         (std::memcmp(&a.site, &b.site, sizeof a.site) == 0 || same_place(a.site, b.site));
}

/// The lane of the warp whose value `lane` reads in a shuffle; its own where the source lies beyond
/// its part of the warp.
inline unsigned shuffle_source(const Request& request, unsigned lane) {
  const unsigned first = lane & ~(request.width - 1);
  const unsigned last = first | (request.width - 1);
  switch (request.operation) {
    case Operation::shfl:
      return first | (request.argument & (request.width - 1));
    case Operation::shfl_up:
      return request.argument > lane - first ? lane : lane - request.argument;
    case Operation::shfl_down:
      return request.argument > last - lane ? lane : lane + request.argument;
    case Operation::shfl_xor: {
      const unsigned source = lane ^ request.argument;
      return source > last ? lane : source;
    }
    default:
      return lane;
  }
}

}  // namespace lacuna::emulation
