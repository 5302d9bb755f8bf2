#include "experiments/tasks/configs.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "runtime/config/suggest.hpp"

namespace lacuna::experiments {

void check_together(const DataConfig& data, const EvaluateConfig& evaluate) {
  std::visit(
      []<class Source, class Chosen>(const Source& source, const Chosen& task) {
        if constexpr (!is_alternative<Source, typename Chosen::Data>) {
          std::vector<std::string> taken;
          for_each_alternative<typename Chosen::Data>(
              [&](const auto& other) { taken.push_back(fmt::format("'{}'", other.tag)); });
          std::vector<std::string> takers;
          for_each_alternative<EvaluateConfig>([&]<class Task>(const Task& other) {
            if (is_alternative<Source, typename Task::Data>) {
              takers.push_back(fmt::format("'{}'", other.tag));
            }
          });
          throw std::invalid_argument(fmt::format(
              "evaluate.type '{}' does not take data.type '{}' but {}; such data go with "
              "evaluate.type {}",
              task.tag, source.tag, config::joined(taken, " or "), config::joined(takers, " or ")));
        }
      },
      data, evaluate);
}

void check_rows(const DataConfig& data, const models::ModelConfig& model) {
  std::visit(
      [](const auto& source, const auto& chosen) {
        if (source.sparse_rows == chosen.sparse_rows) return;
        std::vector<std::string> takers;
        for_each_alternative<models::ModelConfig>([&](const auto& other) {
          if (other.sparse_rows == source.sparse_rows) {
            takers.push_back(fmt::format("'{}'", other.tag));
          }
        });
        throw std::invalid_argument(fmt::format(
            "model.type '{}' takes {} rows, those of data.type '{}' are {}; they go with "
            "model.type {}",
            chosen.tag, chosen.sparse_rows ? "sparse" : "dense", source.tag,
            source.sparse_rows ? "sparse" : "dense", config::joined(takers, " or ")));
      },
      data, model);
}

bool looks_at_test(const EvaluateConfig& config) {
  return std::visit([](const auto& task) { return task.test; }, config);
}

bool has_test(const DataConfig& config) {
  if (const auto* counts = std::get_if<data::CountsSource>(&config)) return counts->test_share > 0;
  const auto source = family_of<data::RatingsSource>(config);
  if (!source || data::common(*source).test_share > 0) return true;
  const data::SplitBy split = data::common(*source).split;
  if (split == data::SplitBy::leave_out || split == data::SplitBy::leave_last_out) return true;
  return std::visit(
      [](const auto& chosen) {
        if constexpr (requires { chosen.fold; }) {
          if (!chosen.fold.empty()) return true;
        }
        if constexpr (requires { chosen.test_path; }) return !chosen.test_path.empty();
        return false;
      },
      *source);
}

EvaluateConfig without_test(EvaluateConfig config) {
  std::visit([](auto& task) { task.leave_test_alone(); }, config);
  return config;
}

std::uint64_t split_seed(const DataConfig& config) {
  return std::visit(
      [](const auto& source) -> std::uint64_t {
        if constexpr (requires { source.split_seed; }) return source.split_seed;
        return 0;
      },
      config);
}

bool is_split_by_seed(const DataConfig& config) {
  return std::visit(
      [](const auto& source) {
        return requires {
          source.split_seed;
        };
      },
      config);
}

void set_split_seed(DataConfig& config, std::uint64_t seed) {
  std::visit(
      [&](auto& source) {
        if constexpr (requires { source.split_seed; }) source.split_seed = seed;
      },
      config);
}

const std::string* path_of(const DataConfig& config) {
  return std::visit(
      [](const auto& source) -> const std::string* {
        if constexpr (requires { source.path; }) return &source.path;
        return nullptr;
      },
      config);
}

namespace {

/// Calls visit with each path of files beside the first that a source has and that is given.
template <class Source, class Visit>
void for_each_further_path(Source& source, Visit visit) {
  const auto visit_given = [&](std::string& path) {
    if (!path.empty()) visit(path);
  };
  if constexpr (requires { source.test_path; }) visit_given(source.test_path);
  if constexpr (requires { source.validation_path; }) visit_given(source.validation_path);
  if constexpr (requires { source.gene_names; }) {
    visit_given(source.cell_names);
    visit_given(source.gene_names);
  }
  if constexpr (requires { source.labels; }) {
    visit_given(source.labels);
    visit_given(source.test_labels);
  }
}

}  // namespace

DataConfig with_path(DataConfig config, const std::string& path) {
  namespace fs = std::filesystem;
  std::visit(
      [&](auto& source) {
        if constexpr (requires { source.path; }) {
          const fs::path before = fs::path(source.path).parent_path();
          for_each_further_path(source, [&](std::string& further) {
            const fs::path old(further);
            if (old.parent_path() == before) {
              further = (fs::path(path).parent_path() / old.filename()).string();
            }
          });
          source.path = path;
        }
      },
      config);
  return config;
}

DataConfig with_paths(DataConfig config, const std::function<std::string(const std::string&)>& f) {
  std::visit(
      [&](auto& source) {
        if constexpr (requires { source.path; }) {
          for_each_further_path(source, [&](std::string& further) { further = f(further); });
          source.path = f(source.path);
        }
      },
      config);
  return config;
}

}  // namespace lacuna::experiments
