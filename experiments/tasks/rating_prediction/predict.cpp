#include "experiments/tasks/rating_prediction/predict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <tuple>

#include "experiments/run/run_loader.hpp"
#include "experiments/run/thread_count.hpp"
#include "experiments/tasks/rating_prediction/rating_lookup.hpp"
#include "runtime/data/ratings/titles.hpp"
#include "runtime/error.hpp"
#include "runtime/io/home_path.hpp"

namespace lacuna::experiments {

namespace {

constexpr int default_top = 10;

/// The command line's options.
struct Options {
  explicit Options(const PredictValues& values)
      : pairs(text(values, "--pairs")),
        user(number<std::uint64_t>(values, "--user")),
        ratings(text(values, "--ratings")),
        top(number<int>(values, "--top")) {}

  std::optional<std::string> pairs;    // CSV file: user,item; only item beside `ratings`
  std::optional<std::uint64_t> user;   // of the data
  std::optional<std::string> ratings;  // CSV file: item,rating; a user who is not in the data
  std::optional<int> top;

 private:
  static std::optional<std::string> text(const PredictValues& values, std::string_view name) {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  }

  template <class T>
  static std::optional<T> number(const PredictValues& values, std::string_view name) {
    const auto given = text(values, name);
    if (!given) return std::nullopt;
    T value{};
    std::from_chars(given->data(), given->data() + given->size(), value);
    return value;
  }
};

void check(const Options& options) {
  const auto refuse_if = [](bool fault, const char* message) {
    if (fault) throw ConfigError(message);
  };
  refuse_if(options.user && options.ratings,
            "--user is one of the data, --ratings brings a new one: give one of the two");
  refuse_if(options.pairs && options.user,
            "--pairs names its users: leave --user out, or ask for their best items with --top");
  refuse_if(options.pairs && options.top,
            "--pairs predicts all of its pairs, --top chooses among unseen items: give one of "
            "the two");
  refuse_if(!options.pairs && !options.user && !options.ratings,
            options.top ? "--top: of whom? Add --user ID, or --ratings FILE for a new user"
                        : "say what to predict: --pairs FILE, --user ID, or --ratings FILE for a "
                          "user who is not in the data");
  refuse_if(options.top.value_or(default_top) < 1, "--top: at least 1");
}

data::Orientation vectors_of(const StoredRun& run) {
  const auto source = family_of<data::RatingsSource>(run.variant.experiment.data);
  return data::common(source.value()).vectors;
}

void check_vectors(const Options& options, const StoredRun& run) {
  if (!options.ratings || vectors_of(run) == data::Orientation::user) return;
  throw ConfigError(
      fmt::format("--ratings: {} was trained on item vectors, in which a new user has no column; "
                  "train with data.vectors=user to predict for users who are not in the data",
                  run.folder.string()));
}

/// The files of the command line, read before anything that takes time.
struct Files {
  explicit Files(const Options& options) {
    using enum data::CellColumns;
    if (options.pairs) {
      pairs_path = io::expand_home(*options.pairs).string();
      pairs = data::read_cells(pairs_path, options.ratings ? item : user_item);
    }
    if (options.ratings) {
      ratings_path = io::expand_home(*options.ratings).string();
      ratings = data::read_cells(ratings_path, item_rating);
    }
  }

  std::string pairs_path;
  std::vector<data::NamedCell> pairs;
  std::string ratings_path;
  std::vector<data::NamedCell> ratings;
};

/// The cells to predict, and the rows that they are predicted from.
struct Wanted {
  std::vector<RatingPrediction> list;  ///< ids only
  std::vector<Cell> cells;
};

Wanted wanted_pairs(const Files& files, bool new_user, const RatingLookup& lookup) {
  Wanted wanted;
  for (const data::NamedCell& pair : files.pairs) {
    const IdPlace place{files.pairs_path, pair.line};
    const std::int32_t user = new_user ? 0 : lookup.user(pair.user, place);
    wanted.cells.push_back(lookup.cell(user, lookup.item(pair.item, place)));
    RatingPrediction& asked = wanted.list.emplace_back();
    if (!new_user) asked.user = pair.user;
    asked.item = pair.item;
  }
  return wanted;
}

/// All items but those that are marked.
Wanted unseen_items(const std::vector<std::uint8_t>& seen, std::optional<std::uint64_t> id,
                    std::int32_t user, const std::vector<std::uint64_t>& items,
                    const RatingLookup& lookup) {
  Wanted wanted;
  for (std::size_t item = 0; item < seen.size(); ++item) {
    if (seen[item] != 0) continue;
    wanted.cells.push_back(lookup.cell(user, static_cast<std::int32_t>(item)));
    RatingPrediction& asked = wanted.list.emplace_back();
    asked.user = id;
    asked.item = items[item];
  }
  return wanted;
}

Wanted wanted_of(const Options& options, const Files& files, const data::Dataset& dataset,
                 const data::CsrArrays& known, const RatingLookup& lookup) {
  if (options.pairs) return wanted_pairs(files, options.ratings.has_value(), lookup);
  if (options.user) {
    const std::int32_t user = lookup.user(*options.user, {"--user"});
    return unseen_items(lookup.rated_by(user), options.user, user, dataset.ids.item, lookup);
  }
  std::vector<std::uint8_t> seen(dataset.ids.item.size());
  for (const std::int32_t item : known.col) seen[static_cast<std::size_t>(item)] = 1;
  return unseen_items(seen, {}, 0, dataset.ids.item, lookup);
}

/// The positions of the best predictions, best first. Cold ones come last: a mean says nothing
/// about an item, but would stand before all that a critical user is predicted. Of equal ones, as
/// clipped ones are, the one that the model puts higher comes first, then the smaller id.
std::vector<std::size_t> best(const std::vector<CellPrediction>& predictions, std::size_t count) {
  std::vector<std::size_t> order(predictions.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto key = [&](std::size_t i) {
    const CellPrediction& prediction = predictions[i];
    const float raw = prediction.cold ? prediction.value : prediction.raw;
    return std::tuple(prediction.cold, -prediction.value, -raw, i);
  };
  const std::size_t kept = std::min(count, order.size());
  std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(kept), {}, key);
  order.resize(kept);
  return order;
}

void add_titles(std::vector<RatingPrediction>& list, const RatingTask& task,
                const Experiment& run) {
  if (std::holds_alternative<data::SyntheticSource>(run.data)) return;
  const data::Titles titles = data::titles_beside(task.dataset().source);
  for (RatingPrediction& prediction : list) {
    if (const auto found = titles.find(prediction.item); found != titles.end()) {
      prediction.title = found->second;
    }
  }
}

}  // namespace

RatingPredictions predict_ratings(const PredictRequest& request) {
  const Options options(request.values);
  check(options);
  const StoredRun& run = request.run;
  check_vectors(options, run);
  const Files files(options);
  DeviceContext context(choose_device(request.device), thread_count(request.threads));
  RunLoader loader(context, request.data);
  const auto [loaded, fresh, model] = loader.load(run);
  const auto& task = static_cast<const RatingTask&>(loaded);
  const Experiment& experiment = run.variant.experiment;
  const auto& evaluate = std::get<RatingPredictionConfig>(experiment.evaluate);
  const data::Dataset& dataset = task.dataset();
  const RatingLookup lookup(dataset, vectors_of(run));

  data::CsrArrays new_user;
  if (options.ratings) new_user = lookup.new_user(files.ratings, files.ratings_path);
  const data::CsrArrays& known = options.ratings ? new_user : dataset.split.train;
  Wanted wanted = wanted_of(options, files, dataset, known, lookup);
  const std::vector<CellPrediction> predicted =
      predict_cells(context, *model, task, evaluate, known, wanted.cells);
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    wanted.list[i].value = predicted[i].value;
    wanted.list[i].cold = predicted[i].cold;
  }

  RatingPredictions predictions{.run = run.folder, .list = {}};
  if (options.pairs) {
    predictions.list = std::move(wanted.list);
  } else {
    const auto top = static_cast<std::size_t>(options.top.value_or(default_top));
    for (const std::size_t i : best(predicted, top)) {
      predictions.list.push_back(std::move(wanted.list[i]));
    }
  }
  try {
    add_titles(predictions.list, task, experiment);
  } catch (const DataError& error) {  // titles are an extra
    fmt::print(stderr, "no titles: {}\n", error.what());
  }
  return predictions;
}

}  // namespace lacuna::experiments
