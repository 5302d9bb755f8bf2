#include <algorithm>

#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/core/philox_lanes.hpp"
#include "kernels/dense/sample.hpp"
#include "kernels/dense/sample_draw.hpp"

namespace lacuna::cpu {

namespace {

constexpr std::int64_t elements_at_once = sample_block * std::int64_t{philox_width};

/// The draws of elements_at_once elements from Philox block `first` on.
template <class Rule>
void draw_blocks(const RandomStream& stream, std::uint64_t first, float* draw) {
  std::array<std::array<std::uint32_t, philox_width>, 4> word;
  philox_lanes(stream, first, word);
#pragma omp simd
  for (std::size_t i = 0; i < philox_width; ++i) {
    const auto low = Rule::draw(word[0][i], word[1][i]);
    const auto high = Rule::draw(word[2][i], word[3][i]);
    draw[4 * i] = low[0];
    draw[4 * i + 1] = low[1];
    draw[4 * i + 2] = high[0];
    draw[4 * i + 3] = high[1];
  }
}

/// Calls visit(n, draw) with the draws of the next n elements from `begin` on, until `count` had
/// theirs.
template <class Rule, class Visit>
void for_draws(const RandomStream& stream, std::int64_t begin, std::int64_t count, Visit visit) {
  std::int64_t skipped = begin % sample_block;  // of the first block
  for (std::int64_t done = 0; done < count;) {
    float draw[elements_at_once];
    const auto first = static_cast<std::uint64_t>((begin + done) / sample_block);
    draw_blocks<Rule>(stream, first, draw);
    const std::int64_t part = std::min(elements_at_once - skipped, count - done);
    visit(part, draw + skipped);
    done += part;
    skipped = 0;
  }
}

/// Rows [begin, end) in one go, so that narrow ones do not waste lanes.
template <class T, class Rule>
void sample_rows(const RandomStream& stream, std::int64_t first_row, const MatrixView<const T>& x,
                 const MatrixView<T>& y, std::int64_t begin, std::int64_t end, Rule rule) {
  std::int64_t r = begin;
  std::int64_t c = 0;
  const auto visit = [&](std::int64_t count, const float* draw) {
    while (count > 0) {
      const std::int64_t part = std::min(count, x.cols - c);
      const T* from = x.row(r) + c;
      T* to = y.row(r) + c;
#pragma omp simd
      for (std::int64_t j = 0; j < part; ++j) to[j] = rule(from[j], draw[j]);
      draw += part;
      count -= part;
      c += part;
      if (c < x.cols) continue;
      c = 0;
      ++r;
    }
  };
  for_draws<Rule>(stream, (first_row + begin) * x.cols, (end - begin) * x.cols, visit);
}

/// `work` is that of an element in additions.
template <class T, class Rule, class Op>
void sample(const ExecContext& ctx, const Op& op, const MatrixView<const T>& x, std::int64_t work,
            Rule rule) {
  const RandomStream stream = at_step(op.stream, *op.step);
  const Blocks blocks{x.rows, std::max<std::int64_t>(1, 8192 / std::max<std::int64_t>(x.cols, 1))};
#pragma omp parallel for num_threads(team(ctx, work* x.size())) schedule(static)
  for (std::int64_t block = 0; block < blocks.count(); ++block) {
    sample_rows(stream, op.first_row, x, op.y, blocks.begin(block), blocks.end(block), rule);
  }
}

}  // namespace

template <class T>
void compute(Here, const ExecContext& ctx, const BernoulliSample<T>& op) {
  sample(ctx, op, op.p, 4, BernoulliRule<T>());
}

template <class T>
void compute(Here, const ExecContext& ctx, const NormalSample<T>& op) {
  sample(ctx, op, op.mean, 32, NormalRule<T>{op.stddev});
}

template struct Kernel<BernoulliSample>;
template struct Kernel<NormalSample>;

}  // namespace lacuna::cpu
