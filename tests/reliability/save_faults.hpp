#pragma once

#include "runtime/checkpoint/checkpoint_folder.hpp"
#include "tests/experiments/table_experiment.hpp"

namespace lacuna::experiments {

/// Runs that are saved after each epoch while something ends them or fails.
class SaveFaults : public TableTest {
 protected:
  explicit SaveFaults(std::string experiment) : experiment_(std::move(experiment)) {}

  /// Epochs of the newest whole checkpoint, 0 without any; throws where all are damaged.
  int saved_epochs(const std::string& run) const {
    const CheckpointFolder checkpoints(folder_ / run / "seed-0/checkpoints", 1,
                                       [](const std::string&) {});
    const auto newest = checkpoints.newest();
    return newest ? static_cast<int>(newest->state().at("epochs").as_int64()) : 0;
  }

  std::vector<std::string> training(const std::string& run, const std::string& epochs) const {
    return {"train",
            experiment_,
            "-q",
            "threads=1",
            "train.patience=0",
            "output.checkpoint.every_epochs=1",
            "output.checkpoint.keep=1",
            "train.epochs=" + epochs,
            "output.dir=" + run};
  }

  std::string weights(const std::string& run) const {
    return read_file(folder_ / run / "seed-0/weights.safetensors");
  }

  /// Weights, metrics and result of a run that came to its end after so many epochs.
  void expect_whole(const std::string& run, std::size_t epochs) const {
    EXPECT_EQ(weights(run), weights("whole"));
    const std::filesystem::path folder = folder_ / run / "seed-0";
    const Json result = config::read_json(folder / "result.json");
    const Json whole = config::read_json(folder_ / "whole/seed-0/result.json");
    EXPECT_EQ(result.at("epochs").as_uint64(), epochs);
    EXPECT_EQ(result.at("test"), whole.at("test"));
    EXPECT_FALSE(result.at("interrupted").as_bool());
    EXPECT_EQ(lines_of(read_file(folder / "metrics.jsonl")).size(), epochs);
  }

 private:
  std::string experiment_;
};

}  // namespace lacuna::experiments
