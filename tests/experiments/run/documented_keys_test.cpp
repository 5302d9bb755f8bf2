#include <regex>
#include <set>

#include "runtime/metrics/score.hpp"
#include "tests/experiments/table_experiment.hpp"
#include "tests/support/paths.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::IsEmpty;

/// docs/runs.md names every key that runs write: one of no table there is a fault of either.
class DocumentedKeys : public TableTest {
 protected:
  /// The keys in the first column of a section's table, <...> as what stands for a name.
  std::vector<std::string> keys_of(const std::string& section) const {
    std::vector<std::string> keys;
    bool inside = false;
    for (const std::string& line : lines_of(docs_)) {
      if (line.starts_with("#")) inside = line == "### " + section;
      if (!inside || !line.starts_with("| `")) continue;
      const std::string column = line.substr(0, line.find(" | "));
      static const std::regex code("`([^`]+)`");
      for (std::sregex_iterator at(column.begin(), column.end(), code), end; at != end; ++at) {
        keys.push_back((*at)[1]);
      }
    }
    EXPECT_FALSE(keys.empty()) << section;
    return keys;
  }

  /// What a <slot> may stand for; empty: any name.
  std::string alternatives(const std::string& slot) const {
    std::string text;
    if (slot == "metric") {
      for (const Metric* metric : metric::all) text += "|" + std::string(metric->name);
    } else if (slot == "number") {
      text = "|mean|half_width_95|std_dev";
    } else if (slot == "score") {
      for (const std::string& key : keys_of("result.json")) {
        if (key.starts_with("test.")) text += "|" + key.substr(5);
      }
    } else if (slot == "key") {
      for (const std::string& key : keys_of("result.json")) {
        const bool of_folder = key.starts_with("protocol") || key == "looks_at_test";
        if (!of_folder) text += "|" + pattern(key);
      }
    }
    return text.empty() ? "[^.]+" : "(?:" + text.substr(1) + ")";
  }

  std::string pattern(const std::string& key) const {
    std::string text;
    for (std::size_t i = 0; i < key.size(); ++i) {
      const std::size_t end = key.find('>', i);
      if (key[i] == '<' && end != key.npos) {
        text += alternatives(key.substr(i + 1, end - i - 1));
        i = end;
      } else {
        text += std::string_view(".[]").find(key[i]) == std::string_view::npos ? "" : "\\";
        text += key[i];
      }
    }
    return text;
  }

  /// The paths of `json` that no key of the section fits.
  std::set<std::string> undocumented(const Json& json, const std::string& section) const {
    std::vector<std::regex> known;
    for (const std::string& key : keys_of(section)) known.emplace_back(pattern(key));
    std::set<std::string> missing;
    for (const std::string& path : paths_of(json, "")) {
      const bool found = std::ranges::any_of(
          known, [&](const std::regex& key) { return std::regex_match(path, key); });
      if (!found) missing.insert(path);
    }
    return missing;
  }

  /// "a.b", "a[].b": down to what is neither an object nor a list of some.
  static std::set<std::string> paths_of(const Json& json, const std::string& at) {
    std::set<std::string> paths;
    if (json.is_object() && !json.as_object().empty()) {
      for (const Json::Member& member : json.as_object()) {
        paths.merge(paths_of(member.value, at.empty() ? member.key : at + "." + member.key));
      }
    } else if (json.is_array() && !json.as_array().empty()) {
      for (const Json& element : json.as_array()) paths.merge(paths_of(element, at + "[]"));
    } else {
      paths.insert(at);
    }
    return paths;
  }

  void expect_documented(const std::filesystem::path& launch, const std::string& run) const {
    const Json results = config::read_json(launch / "results.json");
    const Json result = config::read_json(launch / run / "result.json");
    EXPECT_THAT(undocumented(results, "results.json"), IsEmpty());
    EXPECT_THAT(undocumented(result, "result.json"), IsEmpty());
    for (const std::string& line : lines_of(read_file(launch / run / "metrics.jsonl"))) {
      EXPECT_THAT(undocumented(config::parse_json(line, "line"), "metrics.jsonl"), IsEmpty());
    }
  }

  const std::string docs_ = read_file(testing::source_folder() / "docs/runs.md");
};

TEST_F(DocumentedKeys, OfRatingsWithVariantsSeedsAndAProbe) {
  output_of({"train", "comparison.json", "seeds=2", "output.dir=run", "-q"});
  expect_documented(folder_ / "run", "with_SN/seed-1");
}

TEST_F(DocumentedKeys, OfATable) {
  output_of({"train", "table.json", "output.dir=run", "-q",
             R"(data.holes={"dense_share": 0.1, "sparse_share": 0.5})"});
  expect_documented(folder_ / "run", "seed-0");
}

TEST_F(DocumentedKeys, AKeyOfNoTableIsFound) {
  const Json json = config::parse_json(R"({"epoch": 1, "train_rmse": 2, "train_x": 3})", "json");
  EXPECT_THAT(undocumented(json, "metrics.jsonl"), ::testing::ElementsAre("train_x"));
}

}  // namespace
}  // namespace lacuna::experiments
