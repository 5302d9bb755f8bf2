#pragma once

#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "experiments/tasks/classification/classification_config.hpp"
#include "experiments/tasks/density/density_config.hpp"
#include "experiments/tasks/imputation/imputation_config.hpp"
#include "experiments/tasks/rating_prediction/rating_prediction_config.hpp"
#include "experiments/tasks/regression/regression_config.hpp"
#include "experiments/tasks/representation/representation_config.hpp"
#include "models/registry.hpp"
#include "runtime/data/ratings/source_config.hpp"

/// The lists of what an experiment's JSON can name: sources of data, and tasks.
namespace lacuna::experiments {

/// The alternatives of two variants as those of one.
template <class... A, class... B>
std::variant<A..., B...> joined(const std::variant<A...>&, const std::variant<B...>&);

/// Where the data come from; "type" chooses.
using DataConfig =
    decltype(joined(joined(data::RatingsSource(), RowFamily()), ImputationConfig::Data()));

/// What is learnt and how it is judged; "type" chooses. Each alternative says which data it takes
/// (Data, a std::variant of sources), has `test` and leave_test_alone(), and a task_kind() beside
/// it.
using EvaluateConfig = std::variant<RatingPredictionConfig, ClassificationConfig, RegressionConfig,
                                    RepresentationConfig, DensityConfig, ImputationConfig>;

/// Throws std::invalid_argument, which names both and what would do, where the task does not take
/// the data.
void check_together(const DataConfig& data, const EvaluateConfig& evaluate);

/// The same where the model takes rows of another kind than the data's: sparse ones or dense ones.
void check_rows(const DataConfig& data, const models::ModelConfig& model);

/// Calls visit(alternative) with each alternative of a variant, as it is by default.
template <class Variant, class Visit>
void for_each_alternative(Visit visit) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (visit(std::variant_alternative_t<I, Variant>{}), ...);
  }
  (std::make_index_sequence<std::variant_size_v<Variant>>{});
}

/// Whether the test data may be looked at.
bool looks_at_test(const EvaluateConfig& config);
/// Whether the data have a test part; without one nothing is looked at.
bool has_test(const DataConfig& config);
/// For searches, which look at validation data only.
EvaluateConfig without_test(EvaluateConfig config);

/// The seed that data are split by; 0 for sources that come with a split.
std::uint64_t split_seed(const DataConfig& config);
bool is_split_by_seed(const DataConfig& config);
void set_split_seed(DataConfig& config, std::uint64_t seed);

/// Where a file is read from; nullptr for generated data.
const std::string* path_of(const DataConfig& config);
/// `config` with the data read from `path`, and other files of theirs that stood beside the old one
/// from beside it; generated data stay as they are.
DataConfig with_path(DataConfig config, const std::string& path);
/// `config` with what `f` makes of each path in it.
DataConfig with_paths(DataConfig config, const std::function<std::string(const std::string&)>& f);

/// Whether T is an alternative of a variant.
template <class T, class Variant>
inline constexpr bool is_alternative = false;
template <class T, class... Alternative>
inline constexpr bool is_alternative<T, std::variant<Alternative...>> =
    (std::is_same_v<T, Alternative> || ...);

/// The source as one of a family, a std::variant of its alternatives; nothing for another family's.
template <class Family>
std::optional<Family> family_of(const DataConfig& config) {
  return std::visit(
      []<class Source>(const Source& source) -> std::optional<Family> {
        if constexpr (is_alternative<Source, Family>) return source;
        return std::nullopt;
      },
      config);
}

}  // namespace lacuna::experiments
