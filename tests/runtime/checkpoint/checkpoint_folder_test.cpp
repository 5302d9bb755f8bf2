#include "runtime/checkpoint/checkpoint_folder.hpp"

#include <gmock/gmock.h>

#include "runtime/error.hpp"
#include "tests/reliability/checkpoint_files.hpp"

namespace lacuna {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CheckpointFolderTest : public testing::CheckpointFiles {
 protected:
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder_ / "checkpoints")) {
      found.push_back(entry.path().filename().string());
    }
    std::ranges::sort(found);
    return found;
  }
};

TEST_F(CheckpointFolderTest, GivesBackTheSameBits) {
  EXPECT_FALSE(checkpoints().newest());
  checkpoints().save(12, content(12));
  const auto stored = checkpoints().newest();
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->state(), content(12).state);
  EXPECT_TRUE(loads(*stored));
  EXPECT_TRUE(stored->holds("weights"));
  EXPECT_FALSE(stored->holds("best"));
}

TEST_F(CheckpointFolderTest, LargeTensorsAreVerifiedToTheirEnd) {
  Checkpoint large = content();
  const Tensor rows = Tensor::zeros(context_.pool(), DType::f32, {700, 1000});  // some pieces
  large.files["rows"] = {{"first", rows}, {"second", rows}};
  checkpoints().save(1, large);
  const fs::path folder = folder_ / "checkpoints/step-00000001";
  EXPECT_TRUE(loads(StoredCheckpoint::open(folder)));
  std::string bytes = testing::read_file(folder / "rows.safetensors");
  bytes.back() ^= 1;
  testing::write_file(folder / "rows.safetensors", bytes);
  EXPECT_THAT(testing::message_of<IoError>([&] { StoredCheckpoint::open(folder); }),
              HasSubstr("rows.safetensors: tensor 'second' is damaged"));
}

TEST_F(CheckpointFolderTest, KeepsTheLastOnes) {
  for (const std::int64_t step : {3, 20, 100, 123456789}) checkpoints(2).save(step, content(step));
  EXPECT_THAT(names(), ElementsAre("step-00000100", "step-123456789"));
  EXPECT_EQ(checkpoints().newest()->state().at("step").as_int64(), 123456789);
  checkpoints().keep_newest();
  EXPECT_THAT(names(), ElementsAre("step-123456789"));
  checkpoints().clear();
  EXPECT_FALSE(checkpoints().newest());
}

TEST_F(CheckpointFolderTest, LeftoversAreRemovedAndOtherFilesAreLeftAlone) {
  checkpoints().save(1, content());
  fs::create_directories(folder_ / "checkpoints/.tmp-step-00000007/deep");
  testing::write_file(folder_ / "checkpoints/notes", "mine");
  checkpoints().save(2, content(2));
  EXPECT_THAT(names(), ElementsAre("notes", "step-00000001", "step-00000002"));
}

TEST_F(CheckpointFolderTest, AnotherModelsTensorsAreRefused) {
  checkpoints().save(1, content());
  const auto stored = checkpoints().newest();
  const NamedTensor other{"w", Tensor::zeros(context_.pool(), DType::f32, {3, 2})};
  EXPECT_THAT(testing::message_of<IoError>([&] {
                stored->load("weights", std::array{other, bias_});
              }),
              HasSubstr("tensor 'w'"));
  EXPECT_THAT(testing::message_of<IoError>([&] { stored->load("best", std::array{other}); }),
              HasSubstr("best.safetensors is missing"));
}

TEST_F(CheckpointFolderTest, ALaterVersionIsRefusedByName) {
  checkpoints().save(1, content());
  const fs::path manifest = folder_ / "checkpoints/step-00000001/manifest.json";
  std::string text = testing::read_file(manifest);
  text.replace(text.find("\"version\": 1"), 12, "\"version\": 2");
  testing::write_file(manifest, text);
  EXPECT_THAT(testing::message_of<IoError>([&] { StoredCheckpoint::open(manifest.parent_path()); }),
              HasSubstr("version is 2"));
}

TEST_F(CheckpointFolderTest, AFolderThatCannotBeMadeIsAnError) {
  testing::write_file(folder_ / "checkpoints", "a file");
  EXPECT_THROW(checkpoints().save(1, content()), IoError);
}

}  // namespace
}  // namespace lacuna
