#include "runtime/optim/lbfgs.hpp"

#include <lbfgs.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>

namespace lacuna {

namespace {

struct Free {
  void operator()(lbfgsfloatval_t* x) const { lbfgs_free(x); }
};

/// What the library hands back to the callback, which must let no exception through C.
struct Call {
  const Objective& objective;
  std::exception_ptr failure = nullptr;
};

lbfgsfloatval_t evaluate(void* instance, const lbfgsfloatval_t* x, lbfgsfloatval_t* gradient, int n,
                         lbfgsfloatval_t) noexcept {
  Call& call = *static_cast<Call*>(instance);
  const std::span<double> slope(gradient, static_cast<std::size_t>(n));
  if (!call.failure) {
    try {
      return call.objective({x, slope.size()}, slope);
    } catch (...) {
      call.failure = std::current_exception();
    }
  }
  // A flat function at infinity: the line search soon gives up.
  std::ranges::fill(slope, 0.0);
  return std::numeric_limits<double>::infinity();
}

/// Whether the point is a minimum; false where no better one was found within the limits.
bool has_converged(int status) {
  switch (status) {
    case LBFGS_SUCCESS:
    case LBFGS_ALREADY_MINIMIZED:
      return true;
    case LBFGSERR_MAXIMUMITERATION:
    case LBFGSERR_MAXIMUMLINESEARCH:
    case LBFGSERR_MINIMUMSTEP:
    case LBFGSERR_MAXIMUMSTEP:
    case LBFGSERR_ROUNDING_ERROR:
    case LBFGSERR_WIDTHTOOSMALL:
    case LBFGSERR_OUTOFINTERVAL:
    case LBFGSERR_INCORRECT_TMINMAX:
    case LBFGSERR_INCREASEGRADIENT:
      return false;
    case LBFGSERR_OUTOFMEMORY:
      throw std::bad_alloc();
    default:
      throw std::invalid_argument("liblbfgs refused its input: status " + std::to_string(status));
  }
}

}  // namespace

Minimum minimize(const Objective& objective, std::span<const double> start,
                 const LbfgsConfig& config) {
  const int n = static_cast<int>(start.size());
  const std::unique_ptr<lbfgsfloatval_t, Free> x(lbfgs_malloc(n));  // as its vector code needs it
  if (!x) throw std::bad_alloc();
  std::ranges::copy(start, x.get());
  lbfgs_parameter_t parameters;
  lbfgs_parameter_init(&parameters);
  parameters.epsilon = config.tolerance;
  parameters.max_iterations = config.most_iterations;

  Call call{objective};
  Minimum minimum;
  const int status = lbfgs(n, x.get(), &minimum.value, evaluate, nullptr, &call, &parameters);
  if (call.failure) std::rethrow_exception(call.failure);
  minimum.converged = has_converged(status) && std::isfinite(minimum.value);
  minimum.x.assign(x.get(), x.get() + n);
  return minimum;
}

}  // namespace lacuna
