#include "experiments/tasks/rating_prediction/predict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <tuple>

#include "experiments/run/run_loader.hpp"
#include "experiments/run/thread_count.hpp"
#include "experiments/tasks/rating_prediction/predict_all.hpp"
#include "experiments/tasks/rating_prediction/rating_lookup.hpp"
#include "runtime/data/ratings/locate_ratings.hpp"
#include "runtime/data/ratings/titles.hpp"
#include "runtime/error.hpp"
#include "runtime/io/home_path.hpp"
#include "runtime/io/standard_streams.hpp"

namespace lacuna::experiments {

namespace {

constexpr int default_top = 10;

/// The command line's options.
struct Options {
  explicit Options(const PredictValues& values)
      : pairs(text(values, "--pairs")),
        user(text(values, "--user")),
        ratings(text(values, "--ratings")),
        all_users(values.contains("--all-users")),
        items(text(values, "--items")),
        exclude(text(values, "--exclude")),
        top(number(values, "--top")) {}

  std::optional<std::string> pairs;    // file: user,item; only item beside `ratings`
  std::optional<std::string> user;     // of the data
  std::optional<std::string> ratings;  // file: item,rating; a user who is not in the data
  bool all_users;
  std::optional<std::string> items;    // file: item
  std::optional<std::string> exclude;  // seen, train, none, or a file: user,item
  std::optional<int> top;

 private:
  static std::optional<std::string> text(const PredictValues& values, std::string_view name) {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  }

  static std::optional<int> number(const PredictValues& values, std::string_view name) {
    const auto given = text(values, name);
    if (!given) return std::nullopt;
    int value = 0;
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
  refuse_if(options.all_users && (options.pairs || options.user || options.ratings),
            "--all-users: leave --pairs, --user and --ratings out");
  refuse_if((options.items || options.exclude) && !options.all_users,
            "--items and --exclude go with --all-users");
  refuse_if(!options.pairs && !options.user && !options.ratings && !options.all_users,
            options.top
                ? "--top: of whom? Add --user ID, or --ratings FILE for a new user"
                : "say what to predict: --pairs FILE, --user ID, --all-users, or --ratings FILE "
                  "for a user who is not in the data");
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
  Files(const Options& options, const data::FileFormat& known) {
    using enum data::CellColumns;
    if (options.pairs) {
      pairs_path = path_of(*options.pairs);
      pairs = data::read_cells(pairs_path, options.ratings ? item : user_item, known);
    }
    if (options.ratings) {
      ratings_path = path_of(*options.ratings);
      ratings = data::read_cells(ratings_path, item_rating, known);
    }
    if (options.items) {
      items = data::read_cells(path_of(*options.items), item, known);
    }
    if (options.exclude && !is_word(*options.exclude)) {
      excluded = data::read_cells(path_of(*options.exclude), user_item, known);
    }
  }

  std::string pairs_path;
  std::vector<data::NamedCell> pairs;
  std::string ratings_path;
  std::vector<data::NamedCell> ratings;
  std::vector<data::NamedCell> items;
  std::vector<data::NamedCell> excluded;

  static bool is_word(std::string_view exclude) {
    return exclude == "seen" || exclude == "train" || exclude == "none";
  }

 private:
  static std::string path_of(const std::string& given) { return io::expand_home(given).string(); }
};

/// What to predict.
struct Wanted {
  std::vector<RatingPrediction> list;  ///< ids only
  std::vector<Cell> cells;             ///< of those that the data know
  std::vector<std::size_t> place;      ///< by cell: where it stands in the list
  std::vector<std::int32_t> item;      ///< by entry of the list; -1: the data do not know it

  void add(RatingPrediction asked, std::optional<Cell> cell, std::int32_t item_index) {
    if (cell) {
      cells.push_back(*cell);
      place.push_back(list.size());
    }
    item.push_back(item_index);
    list.push_back(std::move(asked));
  }
};

Wanted wanted_pairs(const Files& files, bool new_user, const RatingLookup& lookup,
                    const data::Ids& items) {
  Wanted wanted;
  for (const data::NamedCell& pair : files.pairs) {
    const std::int32_t item = items.find(pair.item).value_or(-1);
    std::optional<Cell> cell;
    if (!new_user) cell = lookup.find(pair.user, pair.item);
    if (new_user && item >= 0) cell = lookup.cell(0, item);
    RatingPrediction asked;
    if (!new_user) asked.user = pair.user;
    asked.item = pair.item;
    wanted.add(std::move(asked), cell, item);
  }
  return wanted;
}

/// All items but those that are marked.
Wanted unseen_items(const std::vector<std::uint8_t>& seen, const std::optional<std::string>& id,
                    std::int32_t user, const data::Ids& items, const RatingLookup& lookup) {
  Wanted wanted;
  for (std::int32_t item = 0; item < items.size(); ++item) {
    if (seen[static_cast<std::size_t>(item)] != 0) continue;
    RatingPrediction asked;
    asked.user = id;
    asked.item = items.text(item);
    wanted.add(std::move(asked), lookup.cell(user, item), item);
  }
  return wanted;
}

Wanted wanted_of(const Options& options, const Files& files, const data::Dataset& dataset,
                 const data::CsrArrays& known, const RatingLookup& lookup) {
  const data::Ids& items = dataset.ids.item;
  if (options.pairs) return wanted_pairs(files, options.ratings.has_value(), lookup, items);
  if (options.user) {
    const std::int32_t user = lookup.user(*options.user, {"--user"});
    return unseen_items(lookup.rated_by(user), options.user, user, items, lookup);
  }
  std::vector<std::uint8_t> seen(static_cast<std::size_t>(items.size()));
  for (const std::int32_t item : known.col) seen[static_cast<std::size_t>(item)] = 1;
  return unseen_items(seen, {}, 0, items, lookup);
}

/// What evaluate.cold gives a pair of which the data know nothing: where it is the model's own, the
/// model has no input for it, and the training mean stands in.
float cold_value(const RatingTask& task, const RatingPredictionConfig& config) {
  return static_cast<float>(task.validation_rule(config).cold.value_or(task.stats().mean));
}

void set_values(Wanted& wanted, const std::vector<CellPrediction>& predicted, float cold) {
  for (RatingPrediction& one : wanted.list) {
    one.value = cold;
    one.cold = true;
  }
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    wanted.list[wanted.place[i]].value = predicted[i].value;
    wanted.list[wanted.place[i]].cold = predicted[i].cold;
  }
  const std::size_t unknown = wanted.list.size() - predicted.size();
  if (unknown == 0) return;
  io::say(
      fmt::format("{} of {} pairs have a user or an item that the data do not know: {:.4f}, cold\n",
                  unknown, wanted.list.size(), cold));
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

void add_titles(Wanted& wanted, const RatingTask& task, const Experiment& run) {
  if (std::holds_alternative<data::SyntheticSource>(run.data)) return;
  try {
    const data::Dataset& dataset = task.dataset();
    const data::Titles titles = data::titles_beside(dataset.source, dataset.ids.item);
    for (std::size_t i = 0; i < wanted.list.size(); ++i) {
      const auto found = titles.find(wanted.item[i]);
      if (found != titles.end()) wanted.list[i].title = found->second;
    }
  } catch (const DataError& error) {  // titles are an extra
    io::say(fmt::format("no titles: {}\n", error.what()));
  }
}

}  // namespace

RatingPredictions predict_ratings(const PredictRequest& request) {
  const Options options(request.values);
  check(options);
  const StoredRun& run = request.run;
  check_vectors(options, run);
  const Experiment& experiment = run.variant.experiment;
  const auto source = family_of<data::RatingsSource>(experiment.data).value();
  const Files files(options, data::column_names_of(source));
  DeviceContext context(choose_device(request.device), thread_count(request.threads));
  RunLoader loader(context, request.data);
  const auto [loaded, fresh, model] = loader.load(run);
  const auto& task = static_cast<const RatingTask&>(loaded);
  const auto& evaluate = std::get<RatingPredictionConfig>(experiment.evaluate);
  const data::Dataset& dataset = task.dataset();
  const RatingLookup lookup(dataset, vectors_of(run));

  if (options.all_users) {
    return predict_all(context, *model, task, evaluate, run,
                       {.top = options.top.value_or(default_top),
                        .exclude = options.exclude.value_or("seen"),
                        .excluded = files.excluded,
                        .items = files.items});
  }
  data::CsrArrays new_user;
  if (options.ratings) new_user = lookup.new_user(files.ratings, files.ratings_path);
  const data::CsrArrays& known = options.ratings ? new_user : dataset.split.train;
  Wanted wanted = wanted_of(options, files, dataset, known, lookup);
  const std::vector<CellPrediction> predicted =
      predict_cells(context, *model, task, evaluate, known, wanted.cells);
  set_values(wanted, predicted, cold_value(task, evaluate));
  add_titles(wanted, task, experiment);

  RatingPredictions predictions{.run = run.folder,
                                .number_users = dataset.ids.user.are_numbers(),
                                .number_items = dataset.ids.item.are_numbers(),
                                .list = {}};
  if (options.pairs) {
    predictions.list = std::move(wanted.list);
    return predictions;
  }
  const auto top = static_cast<std::size_t>(options.top.value_or(default_top));
  for (const std::size_t i : best(predicted, top)) {
    predictions.list.push_back(std::move(wanted.list[i]));
  }
  return predictions;
}

}  // namespace lacuna::experiments
