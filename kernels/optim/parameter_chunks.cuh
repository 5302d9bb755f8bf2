#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "kernels/core/pack.cuh"
#include "kernels/optim/trained_parameter.hpp"

namespace lacuna {
inline namespace LACUNA_NS {

inline constexpr unsigned parameter_threads = 256;
inline constexpr int chunk_packs = 2;  ///< of an array, that a thread loads at once
inline constexpr std::int64_t chunk_size = 4 * chunk_packs * parameter_threads;

/// Parameters of one launch, cut into chunks of fixed size: a block of threads takes one. They
/// travel as the kernel's argument, which may have 4 KB, so that long lists take several launches
/// and short ones a single one.
struct ParameterGroup {
  static constexpr int most = 60;

  TrainedParameter<float> parameter[most] = {};
  unsigned first_chunk[most + 1] = {};  ///< of a parameter; chunks are numbered within the group
  int count = 0;
  int first_parameter = 0;             ///< number of parameter[0] in the list
  std::int64_t chunks_of_earlier = 0;  ///< groups

  unsigned chunks() const { return first_chunk[count]; }

  void add(const TrainedParameter<float>& p) {
    parameter[count] = p;
    first_chunk[count + 1] = first_chunk[count] + blocks_for(p.size, chunk_size);
    ++count;
  }
};

inline std::int64_t chunks_of(std::span<const TrainedParameter<float>> parameters) {
  std::int64_t chunks = 0;
  for (const auto& p : parameters) chunks += blocks_for(p.size, chunk_size);
  return chunks;
}

/// Calls launch_group(group) until all parameters had their turn.
template <class LaunchGroup>
void for_groups(std::span<const TrainedParameter<float>> parameters, LaunchGroup launch_group) {
  std::int64_t chunks = 0;
  for (std::size_t begin = 0; begin < parameters.size(); begin += ParameterGroup::most) {
    ParameterGroup group;
    group.first_parameter = static_cast<int>(begin);
    group.chunks_of_earlier = chunks;
    const auto rest = parameters.subspan(begin);
    for (const auto& p : rest.first(std::min<std::size_t>(rest.size(), group.most))) group.add(p);
    launch_group(group);
    chunks += group.chunks();
  }
}

/// The chunk of this block.
struct ParameterChunk {
  int index;           ///< of the parameter within the group
  std::int64_t begin;  ///< first element

  __device__ explicit ParameterChunk(const ParameterGroup& group) : index(0) {
    while (group.first_chunk[index + 1] <= blockIdx.x) ++index;
    begin = (blockIdx.x - group.first_chunk[index]) * chunk_size;
  }

  /// First element of the thread's pack `v`; at or beyond the parameter's size where there is none.
  __device__ std::int64_t element(int v) const {
    return begin + 4 * (v * std::int64_t{parameter_threads} + threadIdx.x);
  }
};

/// The thread's part of one array of a chunk.
struct ChunkPacks {
  Pack<4> pack[chunk_packs];

  __device__ static ChunkPacks read(const ParameterChunk& chunk, const float* array,
                                    std::int64_t size) {
    ChunkPacks packs;
    for (int v = 0; v < chunk_packs; ++v) {
      const std::int64_t i = chunk.element(v);
      packs.pack[v] = load_some(array + i, size - i, fits_packs(array));
    }
    return packs;
  }
  __device__ void write(const ParameterChunk& chunk, float* array, std::int64_t size) const {
    for (int v = 0; v < chunk_packs; ++v) {
      const std::int64_t i = chunk.element(v);
      store_some(array + i, size - i, fits_packs(array), pack[v]);
    }
  }
};

}  // namespace LACUNA_NS
}  // namespace lacuna
