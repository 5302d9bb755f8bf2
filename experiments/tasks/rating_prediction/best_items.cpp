#include "experiments/tasks/rating_prediction/best_items.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <tuple>

#include "runtime/train/predictor.hpp"

namespace lacuna::experiments {

namespace {

/// By item: 1 for those with training ratings, or for those without.
std::vector<std::uint8_t> items_that_are(bool cold, const std::vector<std::int64_t>& ratings) {
  std::vector<std::uint8_t> marked;
  for (const std::int64_t count : ratings) marked.push_back((count == 0) == cold ? 1 : 0);
  return marked;
}

/// The first items that a user may get, which all have the same value.
std::vector<BestItem> first_items(std::int32_t user, const std::vector<std::int32_t>& candidates,
                                  const Exclusion& exclusion, std::size_t count, float value) {
  std::vector<BestItem> items;
  for (const std::int32_t item : candidates) {
    if (items.size() == count) break;
    if (exclusion.holds(user, item)) continue;
    items.push_back({item, value, true});
  }
  return items;
}

class BestItems {
 public:
  BestItems(DeviceContext& context, const RatingTask& task, const RatingPredictionConfig& config,
            const Exclusion& exclusion, int top)
      : context_(context),
        task_(task),
        by_user_(task.vectors() == data::Orientation::user),
        exclusion_(exclusion),
        top_(static_cast<std::size_t>(top)),
        user_ratings_(by_user_ ? task.stats().per_row : task.stats().per_col),
        item_ratings_(by_user_ ? task.stats().per_col : task.stats().per_row),
        rule_(task.rule(config, {})),
        warm_(users(), items(), top, by_user_, exclusion, items_that_are(true, item_ratings_)) {
    for (std::int32_t i = 0; i < items(); ++i) {
      all_items_.push_back(i);
      if (item_ratings_[static_cast<std::size_t>(i)] == 0) cold_items_.push_back(i);
    }
    if (rule_.cold || cold_items_.empty()) return;
    cold_.emplace(users(), items(), top, by_user_, exclusion, items_that_are(false, item_ratings_));
  }

  void predict(Model& model, const std::function<void(std::int64_t)>& progress) {
    const CsrMatrix& train = task_.train_matrix();
    Predictor predictor(context_, model, asked_of(train, train), Output::whole_rows);
    predictor.for_each_piece([&](std::int64_t first, std::span<float> values) {
      warm_.add(first, values, context_.exec().threads);
      if (cold_) cold_->add(first, values, context_.exec().threads);
      progress(first + std::ssize(values) / predictor.columns());
    });
  }

  std::vector<BestItem> of(std::int32_t user) const {
    const bool cold_user = user_ratings_[static_cast<std::size_t>(user)] == 0;
    if (cold_user && rule_.cold) {
      return first_items(user, all_items_, exclusion_, top_, static_cast<float>(*rule_.cold));
    }
    std::vector<BestItem> items = valued(warm_.of(user), cold_user);
    if ((items.size() < top_ || cold_user) && !cold_items_.empty()) {
      const std::vector<BestItem> more =
          cold_ ? valued(cold_->of(user), true)
                : first_items(user, cold_items_, exclusion_, top_, static_cast<float>(*rule_.cold));
      items.insert(items.end(), more.begin(), more.end());
    }
    std::ranges::stable_sort(items, {},
                             [](const BestItem& one) { return std::tuple(one.cold, -one.value); });
    if (items.size() > top_) items.resize(top_);
    return items;
  }

  std::int64_t users() const { return std::ssize(user_ratings_); }

 private:
  std::int64_t items() const { return std::ssize(item_ratings_); }

  std::vector<BestItem> valued(std::span<const RankedItem> ranked, bool cold) const {
    std::vector<BestItem> items;
    for (const RankedItem& one : ranked) {
      std::array value{one.value};
      task_.scaling().to_ratings(value);
      apply_rule(rule_, value);
      items.push_back({one.item, value[0], cold});
    }
    return items;
  }

  DeviceContext& context_;
  const RatingTask& task_;
  bool by_user_;
  const Exclusion& exclusion_;
  std::size_t top_;
  const std::vector<std::int64_t>& user_ratings_;
  const std::vector<std::int64_t>& item_ratings_;
  PredictionRule rule_;
  TopLists warm_;                 // of items with training ratings
  std::optional<TopLists> cold_;  // of those without, where the model's own value counts
  std::vector<std::int32_t> all_items_;
  std::vector<std::int32_t> cold_items_;
};

}  // namespace

std::vector<std::vector<BestItem>> best_items(DeviceContext& context, Model& model,
                                              const RatingTask& task,
                                              const RatingPredictionConfig& config,
                                              const Exclusion& exclusion, int top,
                                              const std::function<void(std::int64_t)>& progress) {
  BestItems best(context, task, config, exclusion, top);
  best.predict(model, progress);
  std::vector<std::vector<BestItem>> lists(static_cast<std::size_t>(best.users()));
  for (std::size_t user = 0; user < lists.size(); ++user) {
    lists[user] = best.of(static_cast<std::int32_t>(user));
  }
  return lists;
}

data::CsrArrays items_by_user(const RatingTask& task,
                              const std::vector<const data::CsrArrays*>& parts) {
  const bool by_user = task.vectors() == data::Orientation::user;
  const data::IdMaps& ids = task.dataset().ids;
  std::vector<std::vector<std::int32_t>> items(static_cast<std::size_t>(
      by_user ? task.stats().per_row.size() : task.stats().per_col.size()));
  for (const data::CsrArrays* part : parts) {
    for (std::int32_t r = 0; r < part->rows; ++r) {
      for (auto e = part->row_ptr[static_cast<std::size_t>(r)];
           e < part->row_ptr[static_cast<std::size_t>(r) + 1]; ++e) {
        const std::int32_t c = part->col[static_cast<std::size_t>(e)];
        items[static_cast<std::size_t>(by_user ? r : c)].push_back(by_user ? c : r);
      }
    }
  }
  data::CsrArrays all{
      .rows = std::ssize(items), .cols = ids.item.size(), .row_ptr = {0}, .col = {}, .value = {}};
  for (std::vector<std::int32_t>& own : items) {
    std::ranges::sort(own);
    const auto repeated = std::ranges::unique(own);
    all.col.insert(all.col.end(), own.begin(), repeated.begin());
    all.row_ptr.push_back(std::ssize(all.col));
  }
  return all;
}

}  // namespace lacuna::experiments
