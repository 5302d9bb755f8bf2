#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <set>

#include "experiments/run/launch.hpp"
#include "runtime/checkpoint/checkpoint_folder.hpp"
#include "runtime/error.hpp"
#include "runtime/io/safetensors.hpp"
#include "tests/experiments/table_experiment.hpp"

/// Row 22 of the list of faults that are survived: a NaN or an infinity in a gradient, at any step.
namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;

/// Sixty users with 14 ratings each, one of whom has none but huge ones.
std::string ratings_with_a_huge_one() {
  std::string csv = "user,item,rating\n";
  for (int user = 0; user < 60; ++user) {
    for (int i = 0; i < 14; ++i) {
      const std::string rating = user == 37 ? "3e38" : std::to_string(1 + (user + i) % 5);
      csv += std::to_string(user) + "," + std::to_string((5 * user + i) % 40) + "," + rating + "\n";
    }
  }
  return csv;
}

/// Whether all elements of a file of floats are finite.
bool all_finite(const fs::path& path) {
  const io::SafetensorsFile file = io::SafetensorsFile::open(path);
  for (const io::TensorEntry& tensor : file.entries()) {
    std::vector<float> values(tensor.bytes.size() / sizeof(float));
    std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
    if (!std::ranges::all_of(values, [](float value) { return std::isfinite(value); })) {
      return false;
    }
  }
  return true;
}

class Row22NonFiniteGradient : public TableTest, public ::testing::WithParamInterface<const char*> {
 protected:
  Row22NonFiniteGradient() {
    write_file(folder_ / "ratings.csv", ratings_with_a_huge_one());
    std::string table = small_table();
    table.insert(table.find('\n') + 1, "3e38,1,red,2.5\n");
    write_file(folder_ / "table.csv", table);
  }

  bool is_table() const { return GetParam() == std::string_view("table.json"); }

  /// The tiny experiment in steps of six rows, one of which holds what is huge.
  std::vector<std::string> poisoned(const std::string& run) const {
    std::vector<std::string> changes{"output.dir=" + (folder_ / run).string(), "threads=1",
                                     "train.batch_size=6", "train.patience=0"};
    if (is_table()) {
      changes.insert(changes.end(),
                     {"data.scale=none", "data.test_share=0.05", "data.validation_share=0.05",
                      R"(model.layers=[{"units": 6, "activation": "identity", "dropout": 0.2},)"
                      R"({"units": 4, "activation": "identity"}])"});
    } else {
      changes.push_back(R"(data={"type": "csv", "vectors": "user", "path": ")" +
                        (folder_ / "ratings.csv").string() + "\"}");
    }
    return changes;
  }

  /// The newest checkpoint of a run, if there is one; every byte of it verified.
  static std::optional<StoredCheckpoint> saved(const fs::path& run) {
    const auto damaged = [](const std::string& text) { ADD_FAILURE() << text; };
    return CheckpointFolder(run / "checkpoints", 1, damaged).newest();
  }

  static std::size_t epochs(const fs::path& run) {
    return lines_of(read_file(run / "metrics.jsonl")).size();
  }
};

TEST_P(Row22NonFiniteGradient, OfAHugeValueIsNotTakenAndTheStepBeforeItIsKept) {
  std::set<std::int64_t> steps;
  for (const std::string seed : {"0", "1", "2", "3", "4", "5", "6", "7"}) {
    std::vector<std::string> changes = poisoned(seed);
    changes.insert(changes.end(), {"seed=" + seed, "output.checkpoint.every_minutes=1e-9"});
    EXPECT_THROW(train(load_plan(folder_ / GetParam(), changes), {.quiet = true}), NonFiniteError);
    const fs::path run = folder_ / seed / ("seed-" + seed);
    EXPECT_EQ(epochs(run), 0U);
    const auto kept = saved(run);
    steps.insert(kept ? kept->state().at("step").as_int64() : 0);
    if (!kept) continue;  // the first step's batch holds the row
    EXPECT_TRUE(all_finite(kept->folder() / "weights.safetensors"));
    EXPECT_TRUE(all_finite(kept->folder() / "optimizer.safetensors"));
    EXPECT_THROW(resume(folder_ / seed, {"train.epochs=9"}, {.quiet = true}), NonFiniteError)
        << "it went on without the step";
    EXPECT_EQ(saved(run)->state(), kept->state());
  }
  EXPECT_GT(steps.size(), 3U) << "the row's batch is not a random one";
}

TEST_P(Row22NonFiniteGradient, EndsWith4) {
  std::vector<std::string> command = poisoned("run");
  command.insert(command.begin(), {"train", GetParam()});
  EXPECT_THAT(message_of(4, command), ::testing::ContainsRegex("epoch 1: .* is not finite"));
}

INSTANTIATE_TEST_SUITE_P(Rows, Row22NonFiniteGradient, tiny_experiments, kind_of_rows);

}  // namespace
}  // namespace lacuna::experiments
