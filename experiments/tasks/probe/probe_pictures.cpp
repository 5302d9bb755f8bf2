#include <utility>

#include "experiments/tasks/probe/probe.hpp"

namespace lacuna::experiments {

namespace {

/// Predictions against the number of known values, of each variant at some epochs.
class Probes final : public Pictures {
 public:
  Probes(LookOnce look, const ProbeWords& words) : look_(std::move(look)), words_(words) {}

  void add(DeviceContext& context, Model& model, const Task& task, const Moment& moment) override {
    auto found = look_(context, model, task, moment);
    if (found) probes_.push_back(*std::move(found));
  }

  std::vector<Finding> findings() const override {
    if (probes_.empty()) return {};
    return {slopes_of(probes_, words_)};
  }

  std::optional<std::filesystem::path> write(const std::filesystem::path& folder) const override {
    if (probes_.empty()) return std::nullopt;
    return write_probes(folder, probes_, words_);
  }

 private:
  LookOnce look_;
  ProbeWords words_;
  std::vector<Probe> probes_;
};

}  // namespace

std::unique_ptr<Pictures> probe_pictures(LookOnce look, const ProbeWords& words) {
  return std::make_unique<Probes>(std::move(look), words);
}

}  // namespace lacuna::experiments
