#include "runtime/optim/l2.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "kernels/dense/reduce.hpp"
#include "runtime/config/suggest.hpp"
#include "runtime/error.hpp"
#include "runtime/memory/array.hpp"

namespace lacuna {

L2Penalty::L2Penalty(const L2Config& config, const std::vector<Parameter*>& parameters)
    : lambda_(config.lambda), decoupled_(config.decoupled) {
  if (!config.on) {
    std::ranges::copy_if(parameters, std::back_inserter(penalized_),
                         [](const Parameter* p) { return p->kind == ParameterKind::weight; });
    return;
  }
  for (const std::string& name : *config.on) {
    const auto found = std::ranges::find(parameters, name, &Parameter::name);
    if (found == parameters.end()) {
      std::vector<std::string> names;
      std::ranges::transform(parameters, std::back_inserter(names), &Parameter::name);
      throw ConfigError(fmt::format("train.l2.on: the model has no parameter '{}'; it has {}", name,
                                    config::joined(names, ", ")));
    }
    penalized_.push_back(*found);
  }
}

bool L2Penalty::penalizes(const Parameter& parameter) const {
  return std::ranges::count(penalized_, &parameter) > 0;
}

double L2Penalty::l2(const Parameter& parameter) const {
  return !decoupled_ && penalizes(parameter) ? lambda_ : 0.0;
}

double L2Penalty::decay(const Parameter& parameter) const {
  return decoupled_ && penalizes(parameter) ? lambda_ : 0.0;
}

template <class T>
double L2Penalty::value(DeviceContext& context) const {
  if (decoupled_) return 0;
  const Array<double> squares(context.pool(), static_cast<std::int64_t>(penalized_.size()));
  for (std::size_t i = 0; i < penalized_.size(); ++i) {
    sum_of_squares<T>(context.exec(), {penalized_[i]->value.span<T>(), squares.data() + i});
  }
  const std::vector<double> terms = squares.to_host();
  return lambda_ / 2 * std::accumulate(terms.begin(), terms.end(), 0.0);
}

template double L2Penalty::value<float>(DeviceContext&) const;
template double L2Penalty::value<double>(DeviceContext&) const;

}  // namespace lacuna
