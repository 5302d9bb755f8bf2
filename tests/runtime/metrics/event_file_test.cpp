#include "runtime/metrics/event_file.hpp"

#include <gmock/gmock.h>

#include <array>
#include <cstdint>
#include <limits>

#include "runtime/error.hpp"
#include "tests/runtime/io/file_limit.hpp"
#include "tests/support/events.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::metrics {
namespace {

using ::testing::ElementsAre;
using testing::Event;
using ::testing::HasSubstr;
using testing::message_of;
using testing::read_events;
using testing::read_file;

constexpr double started = 1.5e9;
const Event version{.wall_time = started, .file_version = "brain.Event:2"};

class EventFileTest : public ::testing::Test {
 protected:
  std::string read_error() const {
    return message_of<std::runtime_error>([&] { read_events(path_); });
  }

  testing::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "events";
};

TEST_F(EventFileTest, HasTheBytesOfTheFormat) {
  EventFile(path_, started).scalar("loss", 300, started + 2.5, 0.25F);
  // Computed apart from this code, from the format's description.
  constexpr std::array<unsigned char, 83> expected = {
      0x18, 0,    0,    0,    0,    0,    0,    0,                // the data's length
      0xa3, 0x7f, 0x4b, 0x22,                                     // and its checksum
      0x09, 0,    0,    0,    0xc0, 0x0b, 0x5a, 0xd6, 0x41,       // 1: 1.5e9
      0x1a, 0x0d, 'b',  'r',  'a',  'i',  'n',  '.',  'E',  'v',  // 3: "brain.Event:2"
      'e',  'n',  't',  ':',  '2',                                //
      0x4c, 0xa9, 0xa4, 0x64,                                     // the data's checksum
      0x1b, 0,    0,    0,    0,    0,    0,    0,                //
      0x1a, 0x0d, 0x9e, 0x13,                                     //
      0x09, 0,    0,    0xa0, 0xc0, 0x0b, 0x5a, 0xd6, 0x41,       // 1: 1.5e9 + 2.5
      0x10, 0xac, 0x02,                                           // 2: 300
      0x2a, 0x0d, 0x0a, 0x0b,                                     // 5: { 1: {
      0x0a, 0x04, 'l',  'o',  's',  's',                          // 1: "loss"
      0x15, 0,    0,    0x80, 0x3e,                               // 2: 0.25 } }
      0xa3, 0x81, 0xe6, 0x54};
  EXPECT_EQ(read_file(path_), std::string(expected.begin(), expected.end()));
}

TEST_F(EventFileTest, IsReadBack) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();
  const std::string long_tag(300, 'x');
  EventFile file(path_, started);
  file.scalar("", 0, 0, 0);
  file.scalar(long_tag, smallest, -1, -infinity);
  file.scalar("Güte/α", 1 << 20, started + 1, 1e-30F);
  EXPECT_THAT(
      read_events(path_),
      ElementsAre(
          version, Event{.scalars = {{"", 0}}},
          Event{.wall_time = -1, .step = smallest, .scalars = {{long_tag, -infinity}}},
          Event{.wall_time = started + 1, .step = 1 << 20, .scalars = {{"Güte/α", 1e-30F}}}));
}

TEST_F(EventFileTest, TakesAStepsScalarsInOneRecord) {
  EventFile file(path_, started);
  file.scalars(std::array{Scalar{"train_rmse", 0.5F}, Scalar{"validation_rmse", 0.75F}}, 7, 8);
  file.scalars({}, 8, 9);
  EXPECT_THAT(read_events(path_),
              ElementsAre(version,
                          Event{.wall_time = 8,
                                .step = 7,
                                .scalars = {{"train_rmse", 0.5F}, {"validation_rmse", 0.75F}}},
                          Event{.wall_time = 9, .step = 8}));
}

TEST_F(EventFileTest, GoesOnAtTheEnd) {
  EventFile(path_, started).scalar("loss", 1, 2, 3);
  EventFile(path_, started + 100).scalar("loss", 2, 3, 4);
  EXPECT_THAT(read_events(path_),
              ElementsAre(version, Event{.wall_time = 2, .step = 1, .scalars = {{"loss", 3}}},
                          Event{.wall_time = 3, .step = 2, .scalars = {{"loss", 4}}}));
}

TEST_F(EventFileTest, ACutOrChangedFileShows) {
  EventFile file(path_, started);
  const std::size_t first_record = read_file(path_).size();
  file.scalar("loss", 1, 2, 3);
  const std::string whole = read_file(path_);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    testing::write_file(path_, whole.substr(0, i));
    if (i != 0 && i != first_record) {
      EXPECT_THAT(read_error(), HasSubstr("cut off")) << i;
    }
    std::string changed = whole;
    changed[i] ^= 0x10;
    testing::write_file(path_, changed);
    EXPECT_THAT(read_error(), HasSubstr("wrong checksum")) << i;
  }
}

TEST_F(EventFileTest, TakesBackARecordThatDoesNotFit) {
  EventFile file(path_, started);
  const std::string before = read_file(path_);
  const std::string message = message_of<IoError>([&] {
    const testing::FileLimit limit(before.size() + 20);
    file.scalar("loss", 1, 2, 3);
  });
  EXPECT_THAT(message, HasSubstr(path_.string()));
  EXPECT_EQ(read_file(path_), before);
  file.scalar("loss", 1, 2, 3);
  EXPECT_EQ(read_events(path_).size(), 2U);
}

TEST(EventFile, FullDeviceIsAnError) {
  EXPECT_THAT(message_of<IoError>([] { EventFile("/dev/full", started); }),
              HasSubstr("append an event of 40 bytes to /dev/full: No space left"));
}

TEST(EventFile, CannotOpen) {
  EXPECT_THROW(EventFile("/proc/none/events", started), IoError);
}

TEST(EventFile, IsNamedAfterTheStart) {
  using std::chrono::milliseconds;
  const std::chrono::system_clock::time_point early(milliseconds(12'345'678));
  EXPECT_EQ(event_file_name(early), "events.out.tfevents.0000012345.lacuna");
  EXPECT_EQ(event_file_name(early + std::chrono::seconds(1'700'000'000)),
            "events.out.tfevents.1700012345.lacuna");
  EXPECT_EQ(seconds_since_1970(early), 12345.678);
}

}  // namespace
}  // namespace lacuna::metrics
