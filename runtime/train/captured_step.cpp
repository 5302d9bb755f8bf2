#include "runtime/train/captured_step.hpp"

namespace lacuna {

CapturedStep::CapturedStep(DeviceContext& context, std::function<void()> work, bool capture)
    : runtime_(context.runtime()),
      work_(std::move(work)),
      warm_up_(capture && context.device() != Device::cpu ? 2 : -1) {}

void CapturedStep::run() {
  if (warm_up_ == 0 && graph_ == nullptr) graph_ = runtime_.capture(work_);
  if (graph_ != nullptr) return graph_->launch();
  work_();
  if (warm_up_ > 0) --warm_up_;
}

}  // namespace lacuna
