#include <algorithm>
#include <cmath>
#include <limits>

#include "kernels/case_data.hpp"
#include "kernels/optim/case_pieces.hpp"
#include "kernels/optim/gate_step.hpp"

namespace lacuna {

namespace {

constexpr std::uint32_t arrays = 3;
constexpr std::int64_t first_parameter = 7;
constexpr std::int64_t first_term = 3;
constexpr double largest = 2;
constexpr double penalty_share = 0.7;

double l2_of(std::int64_t piece) {
  return piece % 2 == 0 ? 0.3 : 0;
}

/// Bits of the mode.
enum Mode : int {
  plain = 0,
  nan_term = 1,           ///< the second one
  infinite_gradient = 2,  ///< array 1's last one
  nan_gradient = 4,       ///< array 2's first one
  stopped_before = 8,     ///< by an earlier step
  without_terms = 16,
  clipped = 32,  ///< gradients, to a norm that they exceed; every other parameter has a penalty
};

struct Setting {
  bool bad_term, bad_second, bad_third, stopped, no_terms, clips;

  explicit Setting(int mode)
      : bad_term((mode & nan_term) != 0),
        bad_second((mode & infinite_gradient) != 0),
        bad_third((mode & nan_gradient) != 0),
        stopped((mode & stopped_before) != 0),
        no_terms((mode & without_terms) != 0),
        clips((mode & clipped) != 0) {}
};

/// What the op changes, as it stands before.
struct States {
  std::vector<LossSum> sums{{10, 100}, {20, 200}};
  std::vector<Clock> clock{{}};
  std::vector<OptimizerState> state{{.step = 4, .gradient_scale = 0.25}};

  explicit States(const Setting& set) {
    clock[0].input.penalty_share = penalty_share;
    if (set.stopped) {
      clock[0].stopped = stopped_by_loss;
      clock[0].culprit = 1;
    }
  }
  template <class T>
  std::vector<T> values() const {
    std::vector<T> all;
    for (const LossSum& sum : sums) {
      all.push_back(static_cast<T>(sum.sum));
      all.push_back(static_cast<T>(sum.count));
    }
    for (const std::int64_t x : {clock[0].stopped, clock[0].culprit, state[0].step}) {
      all.push_back(static_cast<T>(x));
    }
    all.push_back(static_cast<T>(state[0].gradient_scale));
    return all;
  }
};

/// What a piece adds to the square of the norm.
double squares_of(std::int64_t piece, std::int64_t size, const auto* value, const auto* gradient) {
  double squares = 0;
  for (std::int64_t i = 0; i < size; ++i) {
    const double g = static_cast<double>(gradient[i]) +
                     penalty_share * l2_of(piece) * static_cast<double>(value[i]);
    squares += g * g;
  }
  return squares;
}

/// `pieces`: parameters that an array is cut into.
std::vector<double> reference(const Setting& set, std::int64_t pieces, double norm) {
  States after(set);
  Clock& clock = after.clock[0];
  const std::int64_t first_of_third = first_parameter + 2 * pieces;
  if (set.stopped) return after.values<double>();
  if (set.bad_term && !set.no_terms) {
    clock = {.input = {}, .stopped = stopped_by_loss, .culprit = first_term + 1};
  } else if (set.bad_second) {
    clock = {.input = {}, .stopped = stopped_by_gradient, .culprit = first_of_third - 1};
  } else if (set.bad_third) {
    clock = {.input = {}, .stopped = stopped_by_gradient, .culprit = first_of_third};
  } else {
    after.state[0] = {.step = 5, .gradient_scale = set.clips ? std::min(1.0, largest / norm) : 1};
    if (!set.no_terms) after.sums = {{11.5, 103}, {22.5, 205}};
  }
  return after.values<double>();
}

/// The parameters are the pieces of three arrays.
template <class T>
CaseInstance<T> make(const CaseShape& s, std::uint64_t seed, DeviceRuntime& runtime) {
  const Setting set(s.mode);
  CaseInstance<T> instance(runtime);
  CaseMemory& memory = *instance.memory;
  for (std::uint32_t i = 0; i < arrays; ++i) {
    instance.inputs.push_back({"gradient", random_values<T>(s.rows + 5 * i, seed, i)});
  }
  const auto values = std::make_shared<std::vector<std::vector<T>>>();
  for (const auto& input : instance.inputs) {
    values->push_back(random_values<T>(static_cast<std::int64_t>(input.data.size()), seed, 9));
  }
  auto& infinite = instance.inputs[1].data;
  if (set.bad_second) infinite.back() = -std::numeric_limits<T>::infinity();
  if (set.bad_third) instance.inputs[2].data[0] = std::numeric_limits<T>::quiet_NaN();
  instance.outputs = {{"sums, stopped, culprit, step, gradient_scale", std::vector<T>(8)}};
  const double second = set.bad_term ? std::numeric_limits<double>::quiet_NaN() : 2.5;
  const auto terms =
      std::make_shared<const std::vector<LossSum>>(std::vector<LossSum>{{1.5, 3}, {second, 5}});
  const auto states = std::make_shared<States>(set);

  std::vector<TrainedParameter<T>> parameters;
  double squares = 0;
  for (std::size_t i = 0; i < arrays; ++i) {
    const std::vector<T>& all = instance.inputs[i].data;
    const T* gradient = memory.array(instance.inputs[i].data);
    T* value = memory.array((*values)[i]);
    const auto size = static_cast<std::int64_t>(all.size());
    for (std::int64_t piece = 0; piece < pieces_of(s); ++piece) {
      const std::int64_t begin = piece_begin(s, size, piece);
      const std::int64_t length = piece_begin(s, size, piece + 1) - begin;
      squares += squares_of(piece, length, (*values)[i].data() + begin, all.data() + begin);
      parameters.push_back({.value = value + begin,
                            .gradient = gradient + begin,
                            .state = {},
                            .size = length,
                            .l2 = l2_of(piece)});
    }
  }
  GateStep<T> op{.parameters = {},
                 .first_parameter = first_parameter,
                 .terms = set.no_terms ? nullptr : memory.array(*terms),
                 .sums = memory.array(states->sums),
                 .n_terms = set.no_terms ? 0 : 2,
                 .first_term = first_term,
                 .largest = set.clips ? largest : 0,
                 .clock = memory.array(states->clock),
                 .state = memory.array(states->state)};
  instance.forward = [op, parameters, terms, values](const ExecContext& ctx) {
    GateStep<T> on_list = op;
    on_list.parameters = parameters;
    gate_step<T>(ctx, on_list);
  };
  instance.collect = [set, states, out = instance.outputs[0].data.data()] {
    std::ranges::copy(states->template values<T>(), out);
    const States before(set);
    *states = before;  // into the same memory
  };
  instance.reference = [set, pieces = pieces_of(s), norm = std::sqrt(squares)] {
    return std::vector<std::vector<double>>{reference(set, pieces, norm)};
  };
  const std::int64_t elements = 3 * s.rows + 15;
  instance.reduction_length = set.clips ? elements : 0;
  instance.bytes = static_cast<double>((set.clips ? 2 : 1) * elements * std::int64_t{sizeof(T)});
  return instance;
}

}  // namespace

OpCase gate_step_case() {
  std::vector<CaseShape> shapes{
      {.rows = 0}, {.rows = 0, .mode = nan_term}, {.rows = 20011, .mode = infinite_gradient}};
  for (int mode = plain; mode < without_terms; ++mode) {
    shapes.push_back({.rows = 131, .mode = mode});
  }
  for (const int more : {plain, nan_term, infinite_gradient}) {
    shapes.push_back({.rows = 3, .mode = without_terms | more});
  }
  // 90 parameters, of which a launch takes 60: the first of the second launch is bad, then the last
  // of the first one, too.
  for (const int more : {plain, infinite_gradient}) {
    shapes.push_back({.rows = 131, .units = 30, .mode = nan_gradient | more});
  }
  for (const int more : {plain, nan_term, infinite_gradient, stopped_before}) {
    shapes.push_back({.rows = 131, .mode = clipped | more});
  }
  shapes.push_back({.rows = 6001, .mode = clipped});
  shapes.push_back({.rows = 150, .units = 30, .mode = clipped});
  return {"gate_step",
          shapes,
          {{.rows = 2010000}, {.rows = 2010000, .mode = clipped}},
          make<float>,
          make<double>};
}

}  // namespace lacuna
