#include "experiments/tasks/rating_prediction/predict_choices.hpp"

#include <fmt/format.h>

#include <charconv>

#include "experiments/run/run_files.hpp"
#include "runtime/data/packed_path.hpp"
#include "runtime/error.hpp"
#include "runtime/io/home_path.hpp"

namespace lacuna::experiments {

namespace {

constexpr int default_top = 10;

std::optional<std::string> text(const PredictValues& values, std::string_view name) {
  const auto found = values.find(name);
  return found == values.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> path(const PredictValues& values, std::string_view name) {
  const auto given = text(values, name);
  return given ? std::optional(io::expand_home(*given).string()) : given;
}

int number(const std::string& text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool is_word(std::string_view exclude) {
  return exclude == "seen" || exclude == "train" || exclude == "none";
}

void check(const PredictChoices& choices, const PredictValues& values) {
  const auto refuse_if = [](bool fault, const char* message) {
    if (fault) throw ConfigError(message);
  };
  const bool top = values.contains("--top");
  refuse_if(choices.user && choices.ratings,
            "--user is one of the data, --ratings brings a new one: give one of the two");
  refuse_if(choices.pairs && choices.user,
            "--pairs names its users: leave --user out, or ask for their best items with --top");
  refuse_if(choices.pairs && top,
            "--pairs predicts all of its pairs, --top chooses among unseen items: give one of "
            "the two");
  refuse_if(choices.all_users && (choices.pairs || choices.user || choices.ratings),
            "--all-users: leave --pairs, --user and --ratings out");
  refuse_if((choices.items || values.contains("--exclude")) && !choices.all_users,
            "--items and --exclude go with --all-users");
  refuse_if(!choices.pairs && !choices.user && !choices.ratings && !choices.all_users,
            top ? "--top: of whom? Add --user ID, or --ratings FILE for a new user"
                : "say what to predict: --pairs FILE, --user ID, --all-users, or --ratings FILE "
                  "for a user who is not in the data");
  refuse_if(choices.top < 1, "--top: at least 1");
}

}  // namespace

data::Orientation vectors_of(const StoredRun& run) {
  const auto source = family_of<data::RatingsSource>(run.variant.experiment.data);
  return data::common(source.value()).vectors;
}

PredictChoices::PredictChoices(const PredictValues& values, const StoredRun& run)
    : pairs(path(values, "--pairs")),
      user(text(values, "--user")),
      ratings(path(values, "--ratings")),
      all_users(values.contains("--all-users")),
      items(path(values, "--items")),
      exclude(text(values, "--exclude").value_or("seen")),
      top(values.contains("--top") ? number(values.find("--top")->second) : default_top) {
  check(*this, values);
  if (!ratings || vectors_of(run) == data::Orientation::user) return;
  throw ConfigError(
      fmt::format("--ratings: {} was trained on item vectors, in which a new user has no column; "
                  "train with data.vectors=user to predict for users who are not in the data",
                  run.folder.string()));
}

void PredictChoices::read_files(const data::FileFormat& known) {
  using enum data::CellColumns;
  if (pairs) of_pairs = data::read_cells(*pairs, ratings ? item : user_item, known);
  if (ratings) of_ratings = data::read_cells(*ratings, item_rating, known);
  if (items) of_items = data::read_cells(*items, item, known);
  if (is_word(exclude)) return;
  const std::string file = io::expand_home(exclude).string();
  if (!data::is_there(file)) {
    throw DataError(fmt::format(
        "--exclude {}: there is no such file, and it is none of seen, train and none", exclude));
  }
  of_exclude = data::read_cells(file, user_item, known);
}

}  // namespace lacuna::experiments
