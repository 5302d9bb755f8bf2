#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <optional>

#include "runtime/data/ratings/load.hpp"
#include "tests/experiments/program_test.hpp"

namespace lacuna::experiments {

/// 30 users, 12 items that most of them rated, and 30 more that one user each did: of these, the
/// ones that are held out are cold.
inline std::string small_catalogue() {
  std::string csv = "user,item,rating\n";
  for (int user = 0; user < 30; ++user) {
    for (int item = 0; item < 12; ++item) {
      if ((user * 7 + item * 5) % 6 == 0) continue;
      csv += fmt::format("{},{},{}\n", 101 + user, 1000 + 5 * item, 1 + (user * item + user) % 5);
    }
    csv += fmt::format("{},{},{}\n", 101 + user, 5000 + user, 1 + user % 5);
  }
  return csv;
}

struct PredictedPair {
  std::optional<std::uint64_t> user;
  std::uint64_t item = 0;
  double value = 0;
  bool cold = false;
};

/// A folder with ratings.csv and `run`, trained on it.
class PredictTest : public ProgramTest {
 protected:
  explicit PredictTest(std::string vectors) : vectors_(std::move(vectors)) {
    write_file(folder_ / "ratings.csv", small_catalogue());
    train("run");
  }

  void train(const std::string& folder, const std::string& more = "seed=0") const {
    output_of({"train", "tiny.json", "-q", "output.dir=" + folder, more,
               R"(data={"type": "csv", "path": "ratings.csv", "vectors": ")" + vectors_ + "\"}"});
  }

  /// The ratings as they were split for the run.
  data::Dataset dataset() const {
    data::CsvSource source;
    source.path = (folder_ / "ratings.csv").string();
    source.vectors = vectors_ == "user" ? data::Orientation::user : data::Orientation::item;
    return data::load(source);
  }

  std::vector<PredictedPair> predict(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {"predict", "run", "--json"});
    std::vector<PredictedPair> pairs;
    const Json printed = config::parse_json(output_of(arguments), "output");
    for (const Json& entry : printed.at("predictions").as_array()) {
      PredictedPair& pair = pairs.emplace_back();
      if (const Json* user = entry.find("user")) pair.user = user->as_uint64();
      pair.item = entry.at("item").as_uint64();
      pair.value = entry.at("prediction").as_double();
      pair.cold = entry.at("cold").as_bool();
    }
    return pairs;
  }

  std::string vectors_;
};

}  // namespace lacuna::experiments
