#include <limits>

#include "kernels/case_data.hpp"
#include "kernels/data/batch_case.hpp"
#include "kernels/data/gather_dense.hpp"

namespace lacuna {

namespace {

/// Bits of the mode.
enum Mode : int {
  plain = 0,
  of_bytes = 1,
  without_order = 2,  ///< rows come as they are stored
  with_observed = 4,  ///< what is observed is wanted
  all_observed = 8,   ///< and no bits are given
  all_bits = of_bytes | without_order | with_observed | all_observed,
};

struct Setting {
  bool bytes, ordered, wanted, complete;

  explicit Setting(int mode)
      : bytes((mode & of_bytes) != 0),
        ordered((mode & without_order) == 0),
        wanted((mode & with_observed) != 0),
        complete((mode & all_observed) != 0) {}
};

constexpr double scale = 1.0 / 255;

/// The data set on the host.
template <class T>
struct Rows {
  std::vector<T> values;
  std::vector<std::uint8_t> bytes;
  std::vector<std::uint8_t> bits;

  /// Cells that are not observed hold a NaN, or 255.
  Rows(const CaseShape& s, std::uint64_t seed, const Setting& set)
      : values(random_values<T>(s.rows * s.cols, seed, 1)),
        bits(static_cast<std::size_t>(s.rows * ((s.cols + 7) / 8))) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto word = philox({seed, 2}, i);
      const bool seen = set.complete || open_uniform(word[0]) >= s.missing;
      bytes.push_back(seen ? static_cast<std::uint8_t>(word[1] % 255) : 255);
      if (!seen) values[i] = std::numeric_limits<T>::quiet_NaN();
      const auto row = i / static_cast<std::size_t>(s.cols);
      const auto col = i % static_cast<std::size_t>(s.cols);
      std::uint8_t& byte = bits[row * static_cast<std::size_t>((s.cols + 7) / 8) + col / 8];
      byte = static_cast<std::uint8_t>(byte | (seen ? 1U << (col % 8) : 0U));
    }
  }

  std::vector<std::vector<double>> batch(const CaseShape& s, const Setting& set,
                                         const std::vector<std::int64_t>& sources) const {
    std::vector<std::vector<double>> out(set.wanted ? 2 : 1);
    for (const std::int64_t source : sources) {
      for (std::int64_t c = 0; c < s.cols; ++c) {
        const auto i = static_cast<std::size_t>(source * s.cols + c);
        const bool seen = bytes[i] != 255;
        const double value = set.bytes ? scale * bytes[i] : static_cast<double>(values[i]);
        out[0].push_back(seen ? value : 0);
        if (set.wanted) out[1].push_back(seen ? 1 : 0);
      }
    }
    return out;
  }
};

template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const Setting set(s.mode);
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  const auto rows = std::make_shared<Rows<T>>(s, seed, set);
  const auto batch = std::make_shared<BatchCase>(s, seed, set.ordered);
  const auto cells = static_cast<std::size_t>(s.units * s.cols);
  instance.outputs = {{"y", std::vector<T>(cells)}};
  if (set.wanted) instance.outputs.push_back({"observed", std::vector<T>(cells)});
  GatherDense<T> op;
  op.batch = batch->on_device(memory);
  if (set.bytes) op.bytes = memory.matrix(rows->bytes, s.rows, s.cols, s.padding);
  if (!set.bytes) op.values = memory.matrix(rows->values, s.rows, s.cols, s.padding);
  op.scale = static_cast<T>(scale);
  if (!set.complete) op.observed_bits = memory.array(rows->bits);
  op.y = memory.matrix(instance.outputs[0].data, s.units, s.cols, s.padding);
  if (set.wanted) {
    op.observed = memory.matrix(instance.outputs[1].data, s.units, s.cols, s.padding);
  }
  instance.forward = [op, rows, batch](const ExecContext& ctx) { gather_dense<T>(ctx, op); };
  instance.reference = [=] { return rows->batch(s, set, batch->sources()); };
  const double read = set.bytes ? 1 : static_cast<double>(sizeof(T));
  const double written = static_cast<double>(sizeof(T)) * (set.wanted ? 2 : 1);
  instance.bytes = static_cast<double>(cells) * (read + written + (set.complete ? 0 : 0.125));
  return instance;
}

}  // namespace

OpCase gather_dense_case() {
  std::vector<CaseShape> shapes{{9, 0, 4, 0.5, with_observed},  {9, 11, 0, 0.5, with_observed},
                                {3, 1, 1, 0.5, with_observed},  {9, 12, 3, 1.0, with_observed},
                                {9, 11, 4, 0.0, with_observed}, {90, 130, 37, 0.5, with_observed}};
  for (int mode = plain; mode <= all_bits; ++mode) {
    shapes.push_back({15, 11, 5, 0.5, mode, mode % 3});
    shapes.push_back({15, 24, 5, 0.5, mode, mode % 2 * 4});
  }
  return {"gather_dense",
          shapes,
          {{16384, 784, 4096, 0.5, with_observed}, {16384, 784, 4096, 0, of_bytes | all_observed}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
