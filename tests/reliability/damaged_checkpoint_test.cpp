#include <gmock/gmock.h>

#include "runtime/error.hpp"
#include "tests/reliability/checkpoint_files.hpp"

/// Rows 6, 7 and 9 of the list of faults that are survived: checkpoints that are not what was
/// saved.
namespace lacuna {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing::read_file;
using testing::write_file;

class DamagedCheckpoint : public testing::CheckpointFiles {
 protected:
  DamagedCheckpoint() { checkpoints().save(1, content()); }

  std::string problem() const {
    return testing::message_of<IoError>([&] { StoredCheckpoint::open(saved_); });
  }

  fs::path saved_ = folder_ / "checkpoints/step-00000001";
};

TEST_F(DamagedCheckpoint, Row06EveryTruncationIsRejected) {
  for (const char* name : {"manifest.json", "weights.safetensors"}) {
    const std::string whole = read_file(saved_ / name);
    for (std::size_t length = 0; length < whole.size(); ++length) {
      write_file(saved_ / name, whole.substr(0, length));
      EXPECT_THAT(problem(), HasSubstr(name)) << "cut to " << length;
    }
    fs::remove(saved_ / name);
    EXPECT_THAT(problem(), HasSubstr(name)) << "removed";
    write_file(saved_ / name, whole);
  }
  EXPECT_TRUE(loads(StoredCheckpoint::open(saved_)));
}

TEST_F(DamagedCheckpoint, Row07EveryFlippedBitIsDetected) {
  for (const char* name : {"manifest.json", "weights.safetensors"}) {
    const std::string whole = read_file(saved_ / name);
    for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
      std::string flipped = whole;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
      write_file(saved_ / name, flipped);
      EXPECT_THAT(problem(), HasSubstr(name)) << "bit " << bit;
    }
    write_file(saved_ / name, whole);
  }
}

TEST_F(DamagedCheckpoint, Row07NamesTheDamagedTensor) {
  std::string bytes = read_file(saved_ / "weights.safetensors");
  bytes.back() = static_cast<char>(bytes.back() ^ 1);  // the last of "w", which stands behind "b"
  write_file(saved_ / "weights.safetensors", bytes);
  EXPECT_THAT(problem(), HasSubstr("tensor 'w' is damaged"));
}

TEST_F(DamagedCheckpoint, Row09FallsBackToTheLastGoodOneAndWarns) {
  checkpoints().save(2, content(2));
  write_file(folder_ / "checkpoints/step-00000002/manifest.json", "{}");
  const auto found = checkpoints().newest();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->state().at("step").as_int64(), 1);
  ASSERT_EQ(remarks_.size(), 1U);
  EXPECT_THAT(remarks_[0], HasSubstr("step-00000002"));

  // Training again reaches the damaged one's step, and others; what is whole stays to the last.
  checkpoints(1).save(2, content(2));
  EXPECT_TRUE(loads(*checkpoints().newest()));
  EXPECT_FALSE(fs::exists(saved_));
}

TEST_F(DamagedCheckpoint, Row09ALaterDamagedOneDoesNotCountAsKept) {
  checkpoints().save(9, content(9));
  write_file(folder_ / "checkpoints/step-00000009/manifest.json", "{}");
  checkpoints(1).save(3, content(3));
  EXPECT_EQ(checkpoints().newest()->state().at("step").as_int64(), 3);
  EXPECT_FALSE(fs::exists(folder_ / "checkpoints/step-00000009"));
}

TEST_F(DamagedCheckpoint, Row09AllDamagedIsAnError) {
  write_file(saved_ / "manifest.json", "{}");
  EXPECT_THROW(checkpoints().newest(), IoError);
}

}  // namespace
}  // namespace lacuna
