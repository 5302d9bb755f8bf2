#include <algorithm>
#include <cctype>

#include "runtime/io/safetensors.hpp"
#include "runtime/system/environment.hpp"
#include "tests/experiments/comparable.hpp"
#include "tests/support/scoped_variable.hpp"

/// Row 10 of the list of faults that are survived, across commits: tests/fixtures/README.md.
namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;

/// The folders of the runs: tests/fixtures/<commit>/<set>/<run>.
std::vector<fs::path> old_runs() {
  std::vector<fs::path> found;
  const fs::path root = testing::source_folder() / "tests/fixtures";
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().filename() == "launch.json")
      found.push_back(entry.path().parent_path().parent_path());
  }
  std::ranges::sort(found);
  return found;
}

std::string test_name(const ::testing::TestParamInfo<fs::path>& run) {
  std::string name =
      fs::relative(run.param, testing::source_folder() / "tests/fixtures").generic_string();
  std::ranges::replace_if(
      name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

/// What the bits depend on in which this build differs from the run's; empty: in nothing.
std::string differences(const fs::path& run) {
  const Json recorded = config::read_json(run / "run/seed-0/environment.json");
  const Json here = system::environment({});
  std::string text;
  const auto compare = [&](const std::string& name, const Json& then, const Json& now) {
    if (then == now) return;
    text += "; " + name + ": recorded " + then.as_string() + ", this build " + now.as_string();
  };
  for (const char* key : {"march", "compiler"})
    compare(key, recorded.at("build").at(key), here.at("build").at(key));
  compare("math library", recorded.at("math_library"), here.at("math_library"));
  return text.empty() ? text : text.substr(2);
}

/// Names the first element whose bits differ.
void expect_same_bits(const io::TensorEntry& found, const io::TensorEntry& expected) {
  EXPECT_EQ(found.dtype, expected.dtype) << expected.name;
  ASSERT_EQ(found.shape, expected.shape) << expected.name;
  const auto differing = std::ranges::mismatch(found.bytes, expected.bytes).in1;
  EXPECT_EQ(differing, found.bytes.end())
      << expected.name << ", element "
      << static_cast<std::size_t>(differing - found.bytes.begin()) / io::dtype_size(found.dtype);
}

void expect_same_weights(const fs::path& found, const fs::path& expected) {
  const auto now = io::SafetensorsFile::open(found);
  const auto then = io::SafetensorsFile::open(expected);
  EXPECT_EQ(now.metadata(), then.metadata());
  ASSERT_EQ(now.entries().size(), then.entries().size());
  for (const io::TensorEntry& tensor : then.entries()) {
    ASSERT_NE(now.find(tensor.name), nullptr) << tensor.name;
    expect_same_bits(*now.find(tensor.name), tensor);
  }
}

class Row10OldRuns : public ProgramTest, public ::testing::WithParamInterface<fs::path> {};

TEST_P(Row10OldRuns, EndAsTheirCommitWouldHaveEndedThem) {
  const fs::path& old = GetParam();
  if (const std::string differing = differences(old); !differing.empty())
    GTEST_SKIP() << old.filename().string() << " needs the build that it was recorded with; "
                 << differing;
  const Json set = config::read_json(old.parent_path() / "set.json");
  const testing::ScopedVariable isa("ONEDNN_MAX_CPU_ISA", set.at("ONEDNN_MAX_CPU_ISA").as_string());
  fs::copy(old / "run", folder_ / "run", fs::copy_options::recursive);
  output_of({"resume", "run", "-q"});

  const fs::path end = folder_ / "run/seed-0";
  expect_same_weights(end / "weights.safetensors", old / "end/weights.safetensors");
  for (const char* file : {"metrics.jsonl", "result.json"})
    EXPECT_EQ(comparable(end / file), comparable(old / "end" / file)) << file;
}

INSTANTIATE_TEST_SUITE_P(Recorded, Row10OldRuns, ::testing::ValuesIn(old_runs()), test_name);

}  // namespace
}  // namespace lacuna::experiments
