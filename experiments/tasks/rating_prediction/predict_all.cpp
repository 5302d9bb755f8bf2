#include "experiments/tasks/rating_prediction/predict_all.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/tasks/rating_prediction/prediction_text.hpp"
#include "runtime/io/standard_streams.hpp"
#include "runtime/metrics/progress.hpp"

namespace lacuna::experiments {

namespace {

void note_unknown(std::string_view option, std::size_t unknown, std::size_t all) {
  if (unknown == 0) return;
  io::say(fmt::format("{}: {} of {} lines name what the data do not know\n", option, unknown, all));
}

data::CsrArrays pairs_by_user(const std::vector<data::NamedCell>& pairs, const data::IdMaps& ids) {
  std::vector<std::pair<std::int32_t, std::int32_t>> known;
  for (const data::NamedCell& pair : pairs) {
    const auto user = ids.user.find(pair.user);
    const auto item = ids.item.find(pair.item);
    if (user && item) known.emplace_back(*user, *item);
  }
  note_unknown("--exclude", pairs.size() - known.size(), pairs.size());
  std::ranges::sort(known);
  data::CsrArrays rows{
      .rows = ids.user.size(), .cols = ids.item.size(), .row_ptr = {0}, .col = {}, .value = {}};
  for (std::int64_t user = 0; user < rows.rows; ++user) {
    const auto own = std::ranges::equal_range(known, static_cast<std::int32_t>(user), {},
                                              &std::pair<std::int32_t, std::int32_t>::first);
    for (const auto& [u, item] : own) rows.col.push_back(item);
    rows.row_ptr.push_back(std::ssize(rows.col));
  }
  return rows;
}

Exclusion exclusion_of(const RatingTask& task, const PredictChoices& choices) {
  const data::Split& split = task.dataset().split;
  const data::IdMaps& ids = task.dataset().ids;
  Exclusion out;
  if (choices.exclude == "seen") {
    out.by_user = items_by_user(task, {&split.train, &split.validation, &split.test});
  } else if (choices.exclude == "train") {
    out.by_user = items_by_user(task, {&split.train});
  } else if (choices.exclude != "none") {
    out.by_user = pairs_by_user(choices.of_exclude, ids);
  }
  if (!choices.items) return out;
  out.item_out.assign(static_cast<std::size_t>(ids.item.size()), 1);
  std::size_t unknown = 0;
  for (const data::NamedCell& wanted : choices.of_items) {
    const auto item = ids.item.find(wanted.item);
    if (item) out.item_out[static_cast<std::size_t>(*item)] = 0;
    if (!item) ++unknown;
  }
  note_unknown("--items", unknown, choices.of_items.size());
  return out;
}

/// Every user's list, which becomes text user by user.
class AllUsers final : public Predictions {
 public:
  AllUsers(RatingPredictions none, data::IdMaps ids, data::Titles titles,
           std::vector<std::vector<BestItem>> best)
      : none_(std::move(none)),
        ids_(std::move(ids)),
        titles_(std::move(titles)),
        best_(std::move(best)) {}

  std::size_t count() const override {
    std::size_t sum = 0;
    for (const std::vector<BestItem>& items : best_) sum += items.size();
    return sum;
  }

  config::Json json() const override { return to_json(whole()); }
  std::string text() const override { return table(whole()); }

  void csv(const io::WriteText& write) const override {
    constexpr std::size_t piece = std::size_t{1} << 16;
    const CsvLines lines{.users = true, .titles = !titles_.empty()};
    std::string text = lines.header();
    for (std::size_t user = 0; user < best_.size(); ++user) {
      for (const RatingPrediction& one : of(user)) lines.add(one, text);
      if (text.size() < piece) continue;
      write(text);
      text.clear();
    }
    write(text);
  }

 private:
  std::vector<RatingPrediction> of(std::size_t user) const {
    const std::string id = ids_.user.text(static_cast<std::int64_t>(user));
    std::vector<RatingPrediction> list;
    for (const BestItem& one : best_[user]) {
      const auto title = titles_.find(one.item);
      list.push_back({id, ids_.item.text(one.item), one.value, one.cold,
                      title == titles_.end() ? "" : title->second});
    }
    return list;
  }

  RatingPredictions whole() const {
    RatingPredictions all = none_;
    for (std::size_t user = 0; user < best_.size(); ++user) {
      for (RatingPrediction& one : of(user)) all.list.push_back(std::move(one));
    }
    return all;
  }

  RatingPredictions none_;
  data::IdMaps ids_;
  data::Titles titles_;
  std::vector<std::vector<BestItem>> best_;
};

}  // namespace

std::unique_ptr<Predictions> predict_all(DeviceContext& context, Model& model,
                                         const RatingTask& task,
                                         const RatingPredictionConfig& config, const StoredRun& run,
                                         const PredictChoices& choices) {
  const Exclusion exclusion = exclusion_of(task, choices);
  metrics::Progress progress("predict", task.train_matrix().rows(), metrics::standard_error(false));
  auto best = best_items(context, model, task, config, exclusion, choices.top,
                         [&](std::int64_t rows) { progress.update(rows, ""); });
  progress.finish();
  const data::IdMaps& ids = task.dataset().ids;
  return std::make_unique<AllUsers>(no_predictions(run, ids), ids, titles_of(run, task),
                                    std::move(best));
}

}  // namespace lacuna::experiments
