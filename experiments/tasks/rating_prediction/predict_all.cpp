#include "experiments/tasks/rating_prediction/predict_all.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "runtime/data/ratings/titles.hpp"
#include "runtime/error.hpp"
#include "runtime/io/standard_streams.hpp"

namespace lacuna::experiments {

namespace {

/// A line that writes itself anew, on a terminal only.
void show(double share) {
  if (::isatty(STDERR_FILENO) == 0) return;
  io::say(fmt::format("\r{:3.0f} %{}", 100 * share, share >= 1 ? "\r      \r" : ""));
}

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

Exclusion exclusion_of(const RatingTask& task, const AllUsersOptions& options) {
  const data::Split& split = task.dataset().split;
  const data::IdMaps& ids = task.dataset().ids;
  Exclusion out;
  if (options.exclude == "seen") {
    out.by_user = items_by_user(task, {&split.train, &split.validation, &split.test});
  } else if (options.exclude == "train") {
    out.by_user = items_by_user(task, {&split.train});
  } else if (options.exclude != "none") {
    out.by_user = pairs_by_user(options.excluded, ids);
  }
  if (options.items.empty()) return out;
  out.item_out.assign(static_cast<std::size_t>(ids.item.size()), 1);
  std::size_t unknown = 0;
  for (const data::NamedCell& wanted : options.items) {
    const auto item = ids.item.find(wanted.item);
    if (item) out.item_out[static_cast<std::size_t>(*item)] = 0;
    if (!item) ++unknown;
  }
  note_unknown("--items", unknown, options.items.size());
  return out;
}

data::Titles titles_of(const RatingTask& task) {
  try {
    return data::titles_beside(task.source(), task.dataset().ids.item);
  } catch (const DataError& error) {  // titles are an extra
    io::say(fmt::format("no titles: {}\n", error.what()));
    return {};
  }
}

}  // namespace

RatingPredictions predict_all(DeviceContext& context, Model& model, const RatingTask& task,
                              const RatingPredictionConfig& config, const StoredRun& run,
                              const AllUsersOptions& options) {
  const Exclusion exclusion = exclusion_of(task, options);
  const auto best = best_items(context, model, task, config, exclusion, options.top, show);
  const data::IdMaps& ids = task.dataset().ids;
  const data::Titles titles = titles_of(task);
  RatingPredictions all{.run = run.folder,
                        .number_users = ids.user.are_numbers(),
                        .number_items = ids.item.are_numbers(),
                        .list = {}};
  for (std::size_t user = 0; user < best.size(); ++user) {
    const std::string id = ids.user.text(static_cast<std::int64_t>(user));
    for (const BestItem& item : best[user]) {
      const auto title = titles.find(item.item);
      all.list.push_back({id, ids.item.text(item.item), item.value, item.cold,
                          title == titles.end() ? "" : title->second});
    }
  }
  return all;
}

}  // namespace lacuna::experiments
