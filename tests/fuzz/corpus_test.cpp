#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include "tests/fuzz/mutator.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/scoped_variable.hpp"
#include "tests/support/temporary_folder.hpp"

/// Row 26 of the list of faults that are survived: parsers that are given anything. tests/fuzz.sh
/// looks for more of it.
namespace lacuna::fuzz {

void PrintTo(const Target& target, std::ostream* out) {
  *out << target.name;
}

namespace {

namespace fs = std::filesystem;

fs::path corpus_folder() {
  return testing::source_folder() / "tests/fuzz/corpus";
}

/// The seeds of a target by their files' names.
std::map<std::string, std::string> seeds_of(const Target& target) {
  std::map<std::string, std::string> seeds;
  for (const auto& entry : fs::directory_iterator(corpus_folder() / target.name)) {
    seeds[entry.path().filename().string()] = testing::read_file(entry.path());
  }
  return seeds;
}

class Row26 : public ::testing::TestWithParam<Target> {
 protected:
  Row26() {
    if (fs::is_directory("/dev/shm")) in_memory_.emplace("TEST_TMPDIR", "/dev/shm");
  }

  /// Where it fails, the input is kept and the test is over.
  static void try_input(const std::string& text, const std::string& source) {
    // Of its very size, so that AddressSanitizer sees what is read beyond it.
    const std::vector<char> input(text.begin(), text.end());
    try {
      GetParam().run(std::as_bytes(std::span(input)));
    } catch (const std::exception& fault) {
      const fs::path kept = fs::temp_directory_path() / kept_name(source);
      testing::write_file(kept, text);
      FAIL() << source << ": " << fault.what() << "; the input is kept as " << kept;
    }
  }

 private:
  static std::string kept_name(std::string source) {
    std::ranges::replace(source, ' ', '-');
    return "lacuna-fuzz-" + std::string(GetParam().name) + "-" + source;
  }

  std::optional<testing::ScopedVariable> in_memory_;  // many small files, and some are synced
};

TEST_P(Row26, EveryFileOfTheCorpusIsTakenOrRefused) {
  for (const Target& owner : targets()) {
    for (const auto& [name, text] : seeds_of(owner)) {
      try_input(text, std::string(owner.name) + " " + name);
      if (HasFatalFailure()) return;
    }
  }
}

TEST_P(Row26, SeveralThousandMutationsAreTakenOrRefused) {
  constexpr int mutations = 300;  // of each file
  const auto seeds = seeds_of(GetParam());
  Mutator mutate(26);
  auto other = seeds.begin();
  for (const auto& [name, text] : seeds) {
    for (int i = 0; i < mutations; ++i) {
      if (++other == seeds.end()) other = seeds.begin();
      try_input(mutate(text, other->second), name + " mutation " + std::to_string(i));
      if (HasFatalFailure()) return;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Parsers, Row26, ::testing::ValuesIn(targets().begin(), targets().end()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Row26Corpus, EveryTargetHasSmallSeedsAndEveryFolderIsATargets) {
  for (const Target& target : targets()) {
    const auto seeds = seeds_of(target);
    EXPECT_GE(seeds.size(), 5u) << target.name;
    for (const auto& [name, text] : seeds) EXPECT_LE(text.size(), 4096u) << name;
  }
  for (const auto& entry : fs::directory_iterator(corpus_folder())) {
    EXPECT_NO_THROW(target(entry.path().filename().string())) << entry.path();
  }
}

}  // namespace
}  // namespace lacuna::fuzz
