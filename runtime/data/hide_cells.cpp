#include "runtime/data/hide_cells.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "runtime/data/logistic_rate.hpp"
#include "runtime/data/tables/column_scaling.hpp"
#include "runtime/error.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna::data {
namespace {

const DenseArray& input_of(const DataSet& part) {
  return std::get<DenseArray>(part.fields.at("input"));
}

/// How many cells have which z, in steps of 1/1024.
class Histogram {
 public:
  void add(double z) {
    const double step = std::clamp(std::round(z * steps), -steps * most, steps * most);
    ++count_[static_cast<std::size_t>(step + steps * most)];
    ++total_;
  }

  template <class Function>
  double mean_of(Function f) const {
    double sum = 0;
    for (std::size_t i = 0; i < count_.size(); ++i) {
      if (count_[i] > 0) {
        sum += static_cast<double>(count_[i]) * f(static_cast<double>(i) / steps - most);
      }
    }
    return sum / static_cast<double>(total_);
  }

 private:
  static constexpr double steps = 1024;
  static constexpr double most = 50;  // standard deviations
  std::vector<std::int64_t> count_ = std::vector<std::int64_t>(std::size_t{2 * 50 * 1024 + 1});
  std::int64_t total_ = 0;
};

/// What cells are hidden by, as training rows have it.
class Mechanism {
 public:
  Mechanism(const SplitData& split, const std::vector<CellGroup>& groups, const HideConfig& config)
      : config_(config), groups_(groups) {
    if (config.mechanism == HideMechanism::mcar) return;
    const DenseArray& input = input_of(split.train);
    const std::vector<bool> all(static_cast<std::size_t>(input.columns()), true);
    scaling_ = fit_scaling(input, Scaling::standardize, all);
    if (config.mechanism == HideMechanism::mar) choose_driver(split);
    for (std::int64_t r = 0; r < input.rows; ++r) {
      for (const CellGroup& group : groups_) {
        if (depends(group) && input.observed(r, group.first)) histogram_.add(z(input, r, group));
      }
    }
  }

  void hide(DenseArray& input, std::span<const std::int64_t> numbers, double rate) const {
    if (rate == 0) return;
    const LogisticRate by_z(rate, config_.mechanism == HideMechanism::mcar ? 0 : config_.depends,
                            [&](auto f) { return histogram_.mean_of(f); });
    hide_where(input, numbers, groups_, {config_.seed, purpose::hidden_cells},
               [&](std::int64_t row, const CellGroup& group) {
                 return depends(group) ? by_z(z(input, row, group)) : rate;
               });
  }

 private:
  bool depends(const CellGroup& group) const {
    return config_.mechanism == HideMechanism::mar ||
           (config_.mechanism == HideMechanism::mnar && group.is_number);
  }

  /// The standardised value that a cell depends on.
  double z(const DenseArray& input, std::int64_t row, const CellGroup& group) const {
    const std::int64_t c = config_.mechanism == HideMechanism::mar ? driver_ : group.first;
    const auto at = static_cast<std::size_t>(c);
    const double value = std::visit(
        [&](const auto& values) {
          return static_cast<double>(values[static_cast<std::size_t>(row * input.columns() + c)]);
        },
        input.values);
    return scaling_.scale[at] > 0 ? (value - scaling_.shift[at]) / scaling_.scale[at] : 0;
  }

  /// That of mar, whose column, in all copies, is none of the groups from then on.
  void choose_driver(const SplitData& split) {
    const auto found = std::ranges::find_if(groups_, [&](const CellGroup& group) {
      if (config_.column) return group.name == wanted();
      return why_not(split, group).empty() &&
             scaling_.scale[static_cast<std::size_t>(group.first)] > 0;
    });
    if (found == groups_.end()) {
      throw ConfigError(config_.column
                            ? fmt::format("data.hide.column: there is no input '{}'", wanted())
                            : "data.hide: mar needs a column of numbers that is observed in every "
                              "row and varies, "
                              "and there is none: set data.hide.mechanism to \"mcar\" or \"mnar\"");
    }
    if (const std::string why = why_not(split, *found); !why.empty()) {
      throw ConfigError(fmt::format("data.hide.column: '{}' {}: name another", found->name, why));
    }
    driver_ = found->first;
    std::erase_if(groups_,
                  [name = found->name](const CellGroup& group) { return group.name == name; });
  }

  std::string wanted() const {
    const auto* name = std::get_if<std::string>(&*config_.column);
    return name != nullptr ? *name : std::to_string(std::get<std::int64_t>(*config_.column));
  }

  /// Why it cannot be what others depend on.
  static std::string why_not(const SplitData& split, const CellGroup& group) {
    if (!group.is_number) return "is a category";
    for (const DataSet* part : {&split.train, &split.validation, &split.test}) {
      const DenseArray& input = input_of(*part);
      for (std::int64_t r = 0; r < input.rows; ++r) {
        if (!input.observed(r, group.first)) return "is not observed in every row";
      }
    }
    return "";
  }

  HideConfig config_;
  std::vector<CellGroup> groups_;
  ColumnScaling scaling_;
  std::int64_t driver_ = 0;
  Histogram histogram_;
};

}  // namespace

std::vector<CellGroup> single_cells(std::int64_t columns) {
  std::vector<CellGroup> cells;
  for (std::int64_t c = 0; c < columns; ++c)
    cells.push_back({.first = c, .name = std::to_string(c)});
  return cells;
}

void hide_cells(SplitData& split, const RowParts& rows, const std::vector<CellGroup>& groups,
                const HideConfig& config) {
  const Mechanism mechanism(split, groups, config);
  const auto hide = [&](DataSet& part, const std::vector<std::int64_t>& numbers, double rate) {
    mechanism.hide(std::get<DenseArray>(part.fields.at("input")), numbers, rate);
  };
  hide(split.train, rows.train, config.train_rate);
  hide(split.validation, rows.validation, config.train_rate);
  hide(split.test, rows.test, config.rate_of_test());
}

}  // namespace lacuna::data
