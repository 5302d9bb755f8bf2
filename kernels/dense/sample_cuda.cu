// Elementwise with 10 rounds of Philox for a pack: the floor is one read and one write of every
// cell. A pack is one Philox block; where rows are not made of packs each element draws its pair
// anew. Draws are computed in double, as on the CPU, so that both devices see the same numbers: a
// normal pair's some 150 operations in double take, by estimate, an H200 about as long as its
// bytes.
#include "kernels/core/device_kernel.hpp"
#include "kernels/core/row_tiles.cuh"
#include "kernels/dense/sample.hpp"
#include "kernels/dense/sample_draw.hpp"

namespace lacuna::LACUNA_DEVICE {

namespace {

/// The draws of a pack from `element` on.
template <class Rule, int Width>
__device__ Pack<Width> draw(const RandomStream& stream, std::int64_t element) {
  const auto word = philox(stream, static_cast<std::uint64_t>(element / sample_block));
  Pack<Width> pack;
  if constexpr (Width == sample_block) {
    const auto low = Rule::draw(word[0], word[1]);
    const auto high = Rule::draw(word[2], word[3]);
    pack = {{low[0], low[1], high[0], high[1]}};
  } else {
    const bool second = element % sample_block >= 2;
    const auto pair = Rule::draw(second ? word[2] : word[0], second ? word[3] : word[1]);
    pack.x[0] = element % 2 == 0 ? pair[0] : pair[1];
  }
  return pack;
}

template <class Rule, int Width>
__global__ void sample(MatrixView<const float> x, MatrixView<float> y, RandomStream of_any_step,
                       const std::int64_t* step, std::int64_t first_row, Rule rule,
                       RowTiles<Width> tiles) {
  const std::int64_t column = tiles.column();
  if (column >= x.cols) return;
  const RandomStream stream = at_step(of_any_step, *step);
  Pack<Width> cells[tiles.visits] = {};
  tiles.for_rows(x.rows, [&](int v, std::int64_t r) { cells[v] = load<Width>(x.row(r) + column); });
  tiles.for_rows(x.rows, [&](int v, std::int64_t r) {
    const auto drawn = draw<Rule, Width>(stream, (first_row + r) * x.cols + column);
    for (int j = 0; j < Width; ++j) cells[v].x[j] = rule(cells[v].x[j], drawn.x[j]);
    store<Width>(y.row(r) + column, cells[v]);
  });
}

template <class Rule, class Op>
void sample_all(const ExecContext& ctx, const char* name, const Op& op,
                const MatrixView<const float>& x, Rule rule) {
  with_width(fits_packs(x) && fits_packs(op.y), [&]<int Width>(std::integral_constant<int, Width>) {
    const RowTiles<Width> tiles(x.cols);
    launch(ctx, name, tiles.grid(x.rows, x.cols), tiles.threads, sample<Rule, Width>, x, op.y,
           op.stream, op.step, op.first_row, rule, tiles);
  });
}

}  // namespace

void compute(Here, const ExecContext& ctx, const BernoulliSample<float>& op) {
  sample_all(ctx, "bernoulli_sample", op, op.p, BernoulliRule<float>());
}

void compute(Here, const ExecContext& ctx, const NormalSample<float>& op) {
  sample_all(ctx, "normal_sample", op, op.mean, NormalRule<float>{op.stddev});
}

template struct Kernel<BernoulliSample>;
template struct Kernel<NormalSample>;

}  // namespace lacuna::LACUNA_DEVICE
