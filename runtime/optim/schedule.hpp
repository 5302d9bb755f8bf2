#pragma once

#include <variant>

#include "runtime/config/fields.hpp"

namespace lacuna {

/// The learning rate stays.
struct ConstantSchedule {
  static constexpr std::string_view tag = "constant";
  template <class V>
  static void fields(V&) {}
};

/// rate = factor^(epochs done / every), rounded down.
struct StepSchedule {
  static constexpr std::string_view tag = "step";
  int every = 50;
  double factor = 0.96;

  template <class V>
  static void fields(V& v) {
    v(&StepSchedule::every, "every", config::at_least(1), "epochs between two reductions");
    v(&StepSchedule::factor, "factor", config::Range{0, 1, true}, "what the rate is multiplied by");
  }
};

/// rate = floor + (1 - floor) (1 + cos(pi done / epochs)) / 2 (Loshchilov and Hutter, 2017, no
/// restarts).
struct CosineSchedule {
  static constexpr std::string_view tag = "cosine";
  double floor = 0;

  template <class V>
  static void fields(V& v) {
    v(&CosineSchedule::floor, "floor", config::range(0, 1),
      "share of the rate that is left at the end");
  }
};

/// Multiplied by `factor` whenever validation has not improved for `patience` epochs.
struct PlateauSchedule {
  static constexpr std::string_view tag = "plateau";
  int patience = 10;
  double factor = 0.5;

  template <class V>
  static void fields(V& v) {
    v(&PlateauSchedule::patience, "patience", config::at_least(1), "epochs without improvement");
    v(&PlateauSchedule::factor, "factor", config::Range{0, 1, true},
      "what the rate is multiplied by");
  }
};

using ScheduleConfig =
    std::variant<ConstantSchedule, StepSchedule, CosineSchedule, PlateauSchedule>;

/// The share of the configured learning rate that each epoch trains with.
class Schedule {
 public:
  Schedule(const ScheduleConfig& config, int epochs) : config_(config), epochs_(epochs) {}

  /// The rate of the epoch after `done` epochs.
  double rate(int done) const;

  /// Told after each epoch whether validation improved.
  void report(bool improved);

  /// What it has learned from reports.
  struct Plateau {
    int stagnant = 0;  ///< epochs
    double rate = 1;
  };
  const Plateau& plateau() const { return plateau_; }
  void restore(const Plateau& plateau) { plateau_ = plateau; }

 private:
  ScheduleConfig config_;
  int epochs_;
  Plateau plateau_;
};

}  // namespace lacuna
