#include "experiments/run/launch_pictures.hpp"

#include <fmt/format.h>

#include "experiments/run/training_run.hpp"
#include "runtime/error.hpp"
#include "runtime/train/weights_file.hpp"

namespace lacuna::experiments {

namespace fs = std::filesystem;

LaunchPictures::LaunchPictures(DeviceContext& context, const TaskKind& task, std::uint64_t seed,
                               const LaunchOptions& options)
    : context_(context), task_(task), seed_(seed), options_(options), pictures_(task.pictures()) {}

bool LaunchPictures::wants(const Job& job) const {
  return task_.wants_pictures(job.experiment.evaluate) && job.seed == seed_;
}

void LaunchPictures::add(const Outcome& outcome, const Job& job, const Task& task) {
  if (!outcome.test || !wants(job)) return;
  const auto model =
      models::make_model(context_, job.experiment.model, task.model_facts(), job.experiment.seed);
  const auto add = [&](int epoch, const fs::path& file) {
    if (!fs::exists(job.folder / file)) return;
    load_weights(job.folder / file, tensors_of(*model));
    pictures_->add(context_, *model, task,
                   {job.label, epoch, job.experiment.data, job.experiment.evaluate});
  };
  const int best = outcome.training.best_epoch;
  for (int epoch = 0; epoch <= last_snapshot && epoch < best; ++epoch) {
    add(epoch, snapshot_file(epoch));
  }
  add(best, weights_file);
}

std::vector<Finding> LaunchPictures::findings() const {
  return pictures_ ? pictures_->findings() : std::vector<Finding>();
}

std::optional<fs::path> LaunchPictures::write(const fs::path& folder) const {
  if (!pictures_) return std::nullopt;
  try {
    return pictures_->write(folder);
  } catch (const IoError& error) {
    options_.remark(fmt::format("no picture: {}", error.what()));
    return std::nullopt;
  }
}

}  // namespace lacuna::experiments
