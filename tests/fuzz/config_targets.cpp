#include "tests/fuzz/families.hpp"

#include <string_view>

#include "experiments/experiment_json.hpp"
#include "runtime/config/json_reader.hpp"
#include "runtime/config/override.hpp"
#include "runtime/config/parse.hpp"
#include "runtime/config/write.hpp"

namespace lacuna::fuzz {

void json(Input input) {
  const auto read = accepted([&] { return config::parse_json(text_of(input), "input"); });
  if (!read) return;
  for (const int indent : {0, 2}) {
    promise(config::parse_json(config::dump(*read, indent), "dump") == *read,
            "what is written reads back equal");
  }
}

void override_value(Input input) {
  config::Json root =
      config::parse_json(R"({"model": {"k": 1, "none": null}, "list": [1]})", "root");
  accepted([&] {
    config::apply_override(root, text_of(input));
    return true;
  });
  config::dump(root);
}

void experiment(Input input) {
  const auto parse = [](std::string_view text) {
    return to_json(experiments::parse_experiment(config::parse_json(text, "experiment")));
  };
  const auto resolved = accepted([&] { return parse(text_of(input)); });
  if (!resolved) return;
  promise(parse(config::dump(*resolved)) == *resolved, "with its defaults it stays the same");
}

}  // namespace lacuna::fuzz
