#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "runtime/checkpoint/manifest.hpp"
#include "runtime/data/ratings/load.hpp"
#include "runtime/error.hpp"
#include "runtime/io/file_descriptor.hpp"
#include "tests/reliability/checkpoint_files.hpp"
#include "tests/support/packings.hpp"

/// Row 19 of the list of faults that are survived: names in files that lead out of their folder.
namespace lacuna {
namespace {

namespace fs = std::filesystem;
using config::Json;
using ::testing::HasSubstr;

/// Sees whether anybody opens a file.
class Watch {
 public:
  explicit Watch(const fs::path& path) : events_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC), path) {
    ::inotify_add_watch(events_.get(), path.c_str(), IN_OPEN);
  }

  /// Since it was asked last.
  bool opened() const {
    std::array<char, 4096> events{};
    return ::read(events_.get(), events.data(), events.size()) > 0;
  }

 private:
  io::FileDescriptor events_;
};

class Row19PathEscape : public testing::CheckpointFiles {
 protected:
  Row19PathEscape() {
    write_checkpoint(folder_ / "outside", content());
    write_checkpoint(inside_, content());
    fs::create_directory(folder_ / "data");
  }

  void SetUp() override {
    const Watch watch(outside_);
    testing::read_file(outside_);
    if (!watch.opened()) GTEST_SKIP() << "nobody can be watched here";
  }

  /// What the checkpoint inside is refused with, without a look at the file outside.
  std::string problem() const {
    const Watch watch(outside_);
    const std::string message =
        testing::message_of<IoError>([&] { StoredCheckpoint::open(inside_); });
    EXPECT_FALSE(watch.opened()) << message;
    return message;
  }

  fs::path outside_ = folder_ / "outside/weights.safetensors";
  fs::path inside_ = folder_ / "inside";
};

TEST_F(Row19PathEscape, NoFileOfAManifestLiesElsewhere) {
  const Json tensors = read_manifest(folder_ / "outside").at("files").at("weights");
  fs::create_directory(inside_ / "sub");
  const std::string absolute = (folder_ / "outside/weights").string();
  for (const std::string& name :
       {std::string("../outside/weights"), absolute, "/" + absolute,
        std::string("sub/../../outside/weights"), std::string("./../outside/weights"),
        std::string(".."), std::string("."), std::string("/"), std::string(),
        std::string("../outside/weights.safetensors\0", 31)}) {
    write_manifest(inside_, Json::object(), Json::object({{name, tensors}}));
    EXPECT_THAT(problem(), HasSubstr("manifest.json is damaged: no file's name")) << name;
  }
}

TEST_F(Row19PathEscape, NoFileOfACheckpointIsALink) {
  for (const std::string name : {"weights.safetensors", "manifest.json"}) {
    const Watch watch(folder_ / "outside" / name);
    const std::string bytes = testing::read_file(inside_ / name);
    for (const fs::path& target : {folder_ / "outside" / name, fs::path("../outside") / name}) {
      fs::remove(inside_ / name);
      fs::create_symlink(target, inside_ / name);
      EXPECT_THAT(problem(), HasSubstr((inside_ / name).string() + " is damaged: it is a link"));
      EXPECT_FALSE(watch.opened()) << target;
    }
    fs::remove(inside_ / name);
    testing::write_file(inside_ / name, bytes);
  }
  EXPECT_TRUE(loads(StoredCheckpoint::open(inside_)));
}

/// A zip's file is its text, whatever its name says.
TEST_F(Row19PathEscape, NoFileOfAZipLiesElsewhere) {
  const fs::path outside = folder_ / "outside.csv";
  testing::write_file(outside, "user,item,rating\n9,9,9\n");
  const Watch watch(outside);
  const std::string inside = "user,item,rating\n1,2,3\n";
  for (const std::string& name : {std::string("../outside.csv"), outside.string()}) {
    testing::write_file(folder_ / "data/a.zip", testing::zip({{name, inside}}));
    data::CsvSource source;
    for (const std::string& path : {std::string("data/a.zip"), "data/a.zip/" + name}) {
      source.path = (folder_ / path).string();
      EXPECT_THAT(data::load_ratings(source).value, ::testing::ElementsAre(3)) << path;
    }
  }
  data::CsvSource source;
  testing::write_file(folder_ / "data/a.zip", testing::zip({{"a.csv", inside}}));
  for (const std::string& name : {std::string("../../outside.csv"), outside.string()}) {
    source.path = (folder_ / "data/a.zip/").string() + name;
    EXPECT_THAT(testing::message_of<DataError>([&] { data::load_ratings(source); }),
                HasSubstr("holds no file"))
        << name;
  }
  data::MovieLensSource movielens;
  movielens.path = (folder_ / "data").string();
  for (const char* fold : {"../outside", "../../outside"}) {
    movielens.fold = fold;
    EXPECT_THAT(testing::message_of<DataError>([&] { data::load_ratings(movielens); }),
                HasSubstr("no fold"));
  }
  EXPECT_FALSE(watch.opened());
}

}  // namespace
}  // namespace lacuna
