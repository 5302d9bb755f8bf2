#include "experiments/tasks/rating_prediction/ranking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace lacuna::experiments {

namespace {

/// By user: the test items that are rated so high.
std::vector<std::set<std::int32_t>> relevant_items(const RatingTask& task, double least) {
  const bool by_user = task.vectors() == data::Orientation::user;
  const data::CsrArrays& test = task.dataset().split.test;
  std::vector<std::set<std::int32_t>> items(
      static_cast<std::size_t>(by_user ? test.rows : test.cols));
  for (std::int32_t r = 0; r < test.rows; ++r) {
    for (auto e = test.row_ptr[static_cast<std::size_t>(r)];
         e < test.row_ptr[static_cast<std::size_t>(r) + 1]; ++e) {
      const auto entry = static_cast<std::size_t>(e);
      if (static_cast<double>(test.value[entry]) < least) continue;
      const std::int32_t c = test.col[entry];
      items[static_cast<std::size_t>(by_user ? r : c)].insert(by_user ? c : r);
    }
  }
  return items;
}

double discount(std::size_t place) {
  return 1 / std::log2(static_cast<double>(place) + 2);
}

void add_user(RankingScores& sums, const std::vector<BestItem>& best,
              const std::set<std::int32_t>& relevant) {
  double hits = 0;
  double gain = 0;
  double first = 0;
  for (std::size_t place = 0; place < best.size(); ++place) {
    if (!relevant.contains(best[place].item)) continue;
    if (hits == 0) first = 1 / (static_cast<double>(place) + 1);
    ++hits;
    gain += discount(place);
  }
  double most = 0;
  const auto k = static_cast<std::size_t>(sums.k);
  for (std::size_t place = 0; place < std::min(relevant.size(), k); ++place)
    most += discount(place);
  sums.recall += hits / static_cast<double>(relevant.size());
  sums.precision += hits / static_cast<double>(k);
  sums.ndcg += gain / most;
  sums.mrr += first;
}

}  // namespace

RankingScores rank(DeviceContext& context, Model& model, const RatingTask& task,
                   const RatingPredictionConfig& config) {
  const data::Split& split = task.dataset().split;
  const Exclusion known{items_by_user(task, {&split.train, &split.validation}), {}};
  RankingScores scores{.k = config.ranking->k};
  const auto best = best_items(context, model, task, config, known, scores.k);
  const auto relevant = relevant_items(task, config.ranking->relevant);
  for (std::size_t user = 0; user < best.size(); ++user) {
    if (relevant[user].empty()) {
      ++scores.without;
      continue;
    }
    ++scores.users;
    add_user(scores, best[user], relevant[user]);
  }
  const auto users = static_cast<double>(std::max<std::int64_t>(scores.users, 1));
  for (double* score : {&scores.recall, &scores.precision, &scores.ndcg, &scores.mrr})
    *score /= users;
  return scores;
}

TestScores RankingScores::scores() const {
  return {{&ndcg_score, ndcg, users},
          {&recall_score, recall, users},
          {&precision_score, precision, users},
          {&mrr_score, mrr, users}};
}

std::string RankingScores::text() const {
  return fmt::format(
      "of all unseen items, {} users ({} have no relevant test item): recall@{} {:.4f}, "
      "precision@{} {:.4f}, NDCG@{} {:.4f}, MRR@{} {:.4f}",
      users, without, k, recall, k, precision, k, ndcg, k, mrr);
}

}  // namespace lacuna::experiments
