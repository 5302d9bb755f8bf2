#include "experiments/run/launch.hpp"
#include "tests/experiments/table_experiment.hpp"

/// Rows 6, 7 and 9 of the list of faults that are survived, of whole runs: checkpoints that a
/// training left and something has damaged since.
namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

void flip_a_bit(const fs::path& file) {
  std::string bytes = read_file(file);
  bytes.at(bytes.size() - 2) = static_cast<char>(bytes.at(bytes.size() - 2) ^ 4);
  write_file(file, bytes);
}
void cut_a_byte(const fs::path& file) {
  fs::resize_file(file, fs::file_size(file) - 1);
}
void remove_it(const fs::path& file) {
  fs::remove(file);
}

/// A run that was interrupted in the middle of an epoch, and saved there and behind the one before.
class InterruptedRun : public TableTest, public ::testing::WithParamInterface<const char*> {
 protected:
  InterruptedRun() {
    train_to("whole", -1);
    train_to("stopped", 13);
  }

  void train_to(const std::string& run, int points) const {
    int asked = 0;
    const Plan plan =
        load_plan(folder_ / GetParam(),
                  {"threads=1", "train.patience=0", "train.batch_size=9",
                   "output.checkpoint.every_epochs=1", "output.dir=" + (folder_ / run).string()});
    train(plan, {.quiet = true, .stop = [&] { return ++asked == points; }});
  }

  /// Oldest first.
  std::vector<fs::path> checkpoints(const std::string& run) const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder_ / run / "seed-0/checkpoints")) {
      found.push_back(entry.path());
    }
    std::ranges::sort(found);
    return found;
  }

  std::string weights(const std::string& run) const {
    return read_file(folder_ / run / "seed-0/weights.safetensors");
  }
};

TEST_P(InterruptedRun, Row09GoesOnFromTheCheckpointBeforeWhateverIsDamaged) {
  ASSERT_EQ(checkpoints("stopped").size(), 2U);
  const std::string newest = checkpoints("stopped").back().filename().string();
  for (const std::string file :
       {"manifest.json", "weights.safetensors", "optimizer.safetensors", "best.safetensors"}) {
    for (const auto& damage : {flip_a_bit, cut_a_byte, remove_it}) {
      fs::remove_all(folder_ / "run");
      fs::copy(folder_ / "stopped", folder_ / "run", fs::copy_options::recursive);
      damage(checkpoints("run").back() / file);
      const ProgramResult result = lacuna({"resume", "run"});
      EXPECT_EQ(result.exit_code, 0) << result.err;
      EXPECT_THAT(result.err, AllOf(HasSubstr(newest), HasSubstr(file)));
      EXPECT_EQ(weights("run"), weights("whole")) << file;
    }
  }
}

TEST_P(InterruptedRun, Row09WithoutAWholeCheckpointEndsWith5AndKeepsTheRun) {
  for (const fs::path& folder : checkpoints("stopped"))
    flip_a_bit(folder / "optimizer.safetensors");
  const std::string before = weights("stopped");
  EXPECT_THAT(message_of(5, {"resume", "stopped"}), HasSubstr("optimizer.safetensors"));
  EXPECT_EQ(weights("stopped"), before);
}

INSTANTIATE_TEST_SUITE_P(Rows, InterruptedRun, tiny_experiments, kind_of_rows);

}  // namespace
}  // namespace lacuna::experiments
