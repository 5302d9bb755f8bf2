#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "experiments/run/job.hpp"
#include "experiments/run/launch_options.hpp"
#include "experiments/run/run_files.hpp"
#include "runtime/checkpoint/checkpoint_folder.hpp"
#include "runtime/io/folder_lock.hpp"
#include "runtime/metrics/progress.hpp"
#include "runtime/system/interrupt.hpp"
#include "runtime/train/trainer.hpp"

namespace lacuna::experiments {

/// A training in a folder of its own: begun anew, or resumed where the folder holds a checkpoint.
class TrainingRun {
 public:
  /// Creates the folder where it is missing. Throws DataError where it belongs to other data,
  /// IoError where another process is at work in it, or model.weights does not fit the model.
  TrainingRun(DeviceContext& context, const Task& task, const Job& job,
              const LaunchOptions& options, const system::InterruptGuard& interrupt);
  TrainingRun(const TrainingRun&) = delete;
  TrainingRun& operator=(const TrainingRun&) = delete;

  /// Trains to the end, or until somebody interrupts it, and then saves a checkpoint; writes the
  /// best weights and result.json however it ends. Throws NonFiniteError after that.
  void run();

  /// What is known so far.
  const Outcome& outcome() const { return outcome_; }

 private:
  /// With the weights that training begins with: the seed's, or those of a file.
  std::unique_ptr<Model> initial_model() const;
  void prepare_folder();
  void restore(Trainer& trainer, const StoredCheckpoint& stored, double seconds);
  /// Ends with the best weights, saved; the memory that training took is free then.
  void train();
  void fit(Trainer& trainer);
  /// Keeps the weights of now as those after so many epochs, where pictures need them.
  void keep_snapshot(int epoch) const;
  /// Before the first epoch the best score is of nothing; even then the result names its metric.
  void keep(const TrainResult& result);
  void forget_result();
  bool due(const Trainer& trainer) const;
  void save(const Trainer& trainer);
  void judge();
  /// Whether it had to.
  bool remark_if_useless();
  void remark_if_unfinished();

  DeviceContext& context_;
  const Task& task_;
  const Job& job_;
  const LaunchOptions& options_;
  const system::InterruptGuard& interrupt_;
  io::FolderLock lock_;
  CheckpointFolder checkpoints_;
  std::unique_ptr<Model> model_;
  Outcome outcome_;
  std::chrono::steady_clock::time_point saved_ = std::chrono::steady_clock::now();
};

}  // namespace lacuna::experiments
