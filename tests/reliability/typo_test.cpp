#include <set>

#include "experiments/plan.hpp"
#include "runtime/error.hpp"
#include "tests/experiments/program_test.hpp"
#include "tests/runtime/config/config_error.hpp"

/// Row 17 of the list of faults that are survived: keys with a letter too few, too many, or two in
/// the wrong order.
namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// A key of a file: where its first letter stands, counted in lines and columns from 1.
struct Key {
  std::string text;
  config::Place place;
  bool is_path = false;  ///< of "variants" or "sweep.grid": keys joined by dots
  std::string where;     ///< the keys around it, without free names
};

using KeyPath = std::vector<std::string>;

/// The object at that path has members whose names are free.
bool holds_names(const KeyPath& path) {
  return path == KeyPath{"variants"} || path == KeyPath{"paper", "values"};
}

bool holds_paths(const KeyPath& path) {
  return path == KeyPath{"sweep", "grid"} || (path.size() == 2 && path[0] == "variants");
}

void collect(const Json& json, const KeyPath& path, const std::string& where,
             std::vector<Key>& keys) {
  if (!json.is_object()) return;
  for (const Json::Member& member : json.as_object()) {
    const bool name = holds_names(path);
    if (!name) keys.push_back({member.key, member.key_place, holds_paths(path), where});
    KeyPath inner = path;
    inner.push_back(member.key);
    collect(member.value, inner, where + "/" + (name ? "" : member.key), keys);
  }
}

/// The key with each letter dropped, each doubled, each two neighbours swapped.
std::set<std::string> typos(const std::string& key) {
  std::set<std::string> all;
  for (std::size_t i = 0; i < key.size(); ++i) {
    all.insert(std::string(key).erase(i, 1));
    all.insert(std::string(key).insert(i, 1, key[i]));
    std::string swapped = key;
    if (i > 0) std::swap(swapped[i - 1], swapped[i]);
    all.insert(swapped);
  }
  all.erase(key);
  if (key == "seeds") all.erase("seed");  // a key of its own
  return all;
}

/// The text of a file with one of its keys typed wrong.
std::string with_typo(const std::string& text, const Key& key, const std::string& typo) {
  std::size_t line = 0;
  for (int i = 1; i < key.place.line; ++i) line = text.find('\n', line) + 1;
  const std::size_t quote = line + static_cast<std::size_t>(key.place.column - 1);
  EXPECT_EQ(text.substr(quote + 1, key.text.size()), key.text);
  return std::string(text).replace(quote + 1, key.text.size(), typo);
}

class Row17Typos : public ::testing::Test {
 protected:
  static std::vector<Key> keys_of(const std::string& text) {
    std::vector<Key> keys;
    collect(config::parse_json(text, ""), {}, "", keys);
    return keys;
  }

  /// What the experiment is refused with; empty where it is not.
  std::string error(const std::string& text) const {
    write_file(folder_ / "mine.json", text);
    return config::config_error([&] { load_plan(folder_ / "mine.json", {"device=cpu"}); });
  }

  testing::TemporaryFolder folder_;
};

TEST_F(Row17Typos, AreErrorsInEveryShippedExperimentAndTheKeyIsSuggested) {
  int typed = 0;
  int right = 0;
  std::set<std::string> tried;  // experiments have most keys in common
  std::set<std::string> wrong;
  for (const fs::path& file : testing::shipped_experiments()) {
    const std::string text = read_file(file);
    ASSERT_EQ(error(text), "") << file;
    for (const Key& key : keys_of(text)) {
      for (const std::string& typo : typos(key.text)) {
        if (key.is_path || !tried.insert(key.where + "/" + typo).second) continue;
        const std::string message = error(with_typo(text, key, typo));
        ASSERT_THAT(message, HasSubstr("mine.json:")) << file << ": " << typo << " was taken";
        ++typed;
        if (message.find("did you mean '" + key.text + "'?") != std::string::npos) {
          ++right;
        } else {
          wrong.insert(typo);
        }
      }
    }
  }
  EXPECT_GT(typed, 500);
  EXPECT_GE(right, 0.95 * typed) << ::testing::PrintToString(wrong);
}

TEST_F(Row17Typos, AreErrorsInThePathsOfVariantsAndGrids) {
  std::set<std::string> tried;
  for (const fs::path& file : testing::shipped_experiments()) {
    const std::string text = read_file(file);
    for (const Key& key : keys_of(text)) {
      for (const std::string& typo : typos(key.text)) {
        if (!key.is_path || !tried.insert(key.where + "/" + typo).second) continue;
        EXPECT_NE(error(with_typo(text, key, typo)), "") << file << ": " << typo << " was taken";
      }
    }
  }
  EXPECT_GT(tried.size(), 80U);
}

TEST_F(Row17Typos, OfAnOverrideAreErrors) {
  const fs::path file = testing::source_folder() / "experiments/quickstart.json";
  for (const std::string key : {"model.hidden_units", "train.l2.lambda", "data.split_seed"}) {
    EXPECT_EQ(config::config_error([&] { load_plan(file, {key + "=3", "device=cpu"}); }), "");
    for (const std::string& typo : typos(key)) {
      EXPECT_THAT(config::config_error([&] {
                    load_plan(file, {typo + "=3", "device=cpu"});
                  }),
                  HasSubstr("command line: "))
          << typo << " was taken";
    }
  }
}

}  // namespace
}  // namespace lacuna::experiments
