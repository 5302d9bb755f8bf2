#include <algorithm>
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
  std::string where;  ///< the keys around it, without free names
};

using KeyPath = std::vector<std::string>;

/// The names that variants are given may be any; those in "paper.values" must be among them.
bool holds_free_names(const KeyPath& path) {
  return path == KeyPath{"variants"};
}

bool holds_names(const KeyPath& path) {
  return holds_free_names(path) || path == KeyPath{"paper", "values"};
}

void collect(const Json& json, const KeyPath& path, const std::string& where,
             std::vector<Key>& keys) {
  if (json.is_array()) {
    for (const Json& element : json.as_array()) collect(element, path, where, keys);
  }
  if (!json.is_object()) return;
  for (const Json::Member& member : json.as_object()) {
    if (!holds_free_names(path)) keys.push_back({member.key, member.key_place, where});
    KeyPath inner = path;
    inner.push_back(member.key);
    collect(member.value, inner, where + "/" + (holds_names(path) ? "" : member.key), keys);
  }
}

/// What a typo may happen to make of another key.
std::set<std::string> keys_of_their_own(const Json& file) {
  std::set<std::string> keys{"seed"};
  if (const Json* variants = file.find("variants")) {
    for (const Json::Member& variant : variants->as_object()) keys.insert(variant.key);
  }
  return keys;
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
  return all;
}

/// What a message suggests; empty: nothing.
std::string suggestion(const std::string& message) {
  constexpr std::string_view question = "did you mean '";
  const std::size_t found = message.find(question);
  if (found == std::string::npos) return "";
  const std::size_t begin = found + question.size();
  return message.substr(begin, message.find("'?", begin) - begin);
}

/// Whether the word makes a typo the key again, in its place or in that of one part of a path.
bool mends(const std::string& word, const std::string& typo, const std::string& key) {
  if (word == key) return true;
  for (std::size_t begin = 0, end = 0; end < typo.size(); begin = end + 1) {
    end = std::min(typo.find('.', begin), typo.size());
    if (std::string(typo).replace(begin, end - begin, word) == key) return true;
  }
  return false;
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
  static std::vector<Key> keys_of(const Json& file) {
    std::vector<Key> keys;
    collect(file, {}, "", keys);
    return keys;
  }

  /// What the experiment is refused with; empty where it is not.
  std::string error(const std::string& text) const {
    write_file(folder_ / "mine.json", text);
    return config::config_error([&] { load_plan(folder_ / "mine.json", {"device=cpu"}); });
  }

  testing::TemporaryFolder folder_;
};

/// One has every key of a table's experiment, of which the shipped ones need few.
TEST_F(Row17Typos, AreErrorsInEveryShippedExperimentAndTheKeyIsSuggested) {
  int typed = 0;
  int right = 0;
  std::set<std::string> tried;  // experiments have most keys in common
  std::set<std::string> wrong;
  std::vector<fs::path> files = testing::shipped_experiments();
  files.push_back(testing::source_folder() / "tests/fuzz/corpus/experiment/table_all_keys.json");
  for (const fs::path& file : files) {
    const std::string text = read_file(file);
    ASSERT_EQ(error(text), "") << file;
    const Json json = config::parse_json(text, "");
    const std::set<std::string> no_typos = keys_of_their_own(json);
    for (const Key& key : keys_of(json)) {
      for (const std::string& typo : typos(key.text)) {
        if (no_typos.contains(typo) || !tried.insert(key.where + "/" + typo).second) continue;
        const std::string message = error(with_typo(text, key, typo));
        ASSERT_THAT(message, HasSubstr("mine.json:")) << file << ": " << typo << " was taken";
        ++typed;
        if (mends(suggestion(message), typo, key.text)) {
          ++right;
        } else {
          wrong.insert(typo);
        }
      }
    }
  }
  EXPECT_GT(typed, 1500);
  EXPECT_GE(right, 0.95 * typed) << ::testing::PrintToString(wrong);
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
