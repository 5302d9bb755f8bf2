#include "runtime/optim/l2.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "kernels/dense/reduce.hpp"
#include "runtime/config/suggest.hpp"
#include "runtime/error.hpp"

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

void L2Penalty::measure(DeviceContext& context) {
  if (decoupled_ || lambda_ == 0) return;
  if (measured_ == nullptr) {
    squares_ =
        Array<double>::uninitialized(context.pool(), static_cast<std::int64_t>(penalized_.size()));
    measured_ = context.runtime().make_readback(squares_.span().size_bytes());
  }
  for (std::size_t i = 0; i < penalized_.size(); ++i) {
    const Tensor& value = penalized_[i]->value;
    with_dtype(value.dtype(), [&]<class T>() {
      sum_of_squares<T>(context.exec(), {.x = value.span<T>(), .sum = squares_.data() + i});
    });
  }
  measured_->fetch(squares_.data(), squares_.span().size_bytes());
}

double L2Penalty::value() const {
  if (measured_ == nullptr) return 0;
  const auto* terms = reinterpret_cast<const double*>(measured_->wait());
  return lambda_ / 2 * std::accumulate(terms, terms + penalized_.size(), 0.0);
}

}  // namespace lacuna
