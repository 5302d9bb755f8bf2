#include <algorithm>
#include <functional>

#include "experiments/experiment_json.hpp"
#include "experiments/plan.hpp"
#include "tests/experiments/program_test.hpp"
#include "tests/runtime/config/config_error.hpp"

/// Row 18 of the list of faults that are survived: a schema that says something else than the
/// reader does. There is no copy of it to grow old: the program prints it from what it reads by.
namespace lacuna::experiments {
namespace {

namespace fs = std::filesystem;

bool fits(const Json& value, const Json& schema);

bool fits_number(const Json& value, const Json& schema) {
  const double number = value.as_double();
  const auto bound = [&](const char* key, auto holds) {
    const Json* limit = schema.find(key);
    return limit == nullptr || holds(number, limit->as_double());
  };
  return bound("minimum", std::greater_equal()) && bound("maximum", std::less_equal()) &&
         bound("exclusiveMinimum", std::greater());
}

bool fits_array(const Json& value, const Json& schema) {
  const Json::Array& elements = value.as_array();
  const auto size = static_cast<std::int64_t>(elements.size());
  if (const Json* least = schema.find("minItems"); least && size < least->as_int64()) return false;
  if (const Json* most = schema.find("maxItems"); most && size > most->as_int64()) return false;
  return std::ranges::all_of(
      elements, [&](const Json& element) { return fits(element, schema.at("items")); });
}

bool fits_object(const Json& value, const Json& schema) {
  const Json* properties = schema.find("properties");
  const Json& others = schema.at("additionalProperties");
  if (const Json* required = schema.find("required")) {
    for (const Json& key : required->as_array()) {
      if (value.find(key.as_string()) == nullptr) return false;
    }
  }
  return std::ranges::all_of(value.as_object(), [&](const Json::Member& member) {
    const Json* known = properties != nullptr ? properties->find(member.key) : nullptr;
    if (known != nullptr) return fits(member.value, *known);
    return others.is_object() && fits(member.value, others);
  });
}

bool fits_type(const Json& value, const Json& schema) {
  const std::string& type = schema.at("type").as_string();
  if (type == "null") return value.is_null();
  if (type == "boolean") return value.is_bool();
  if (type == "string") return value.is_string();
  if (type == "array") return value.is_array() && fits_array(value, schema);
  if (type == "object") return value.is_object() && fits_object(value, schema);
  if (type == "integer" && !value.to_int64() && !value.to_uint64()) return false;
  return value.is_number() && fits_number(value, schema);
}

/// As JSON Schema defines it, for what our schemas are made of.
bool fits(const Json& value, const Json& schema) {
  const auto fits_this = [&](const Json& choice) { return fits(value, choice); };
  if (const Json* only = schema.find("const")) return value == *only;
  if (const Json* words = schema.find("enum")) {
    return std::ranges::count(words->as_array(), value) > 0;
  }
  if (const Json* any = schema.find("anyOf")) {
    return std::ranges::any_of(any->as_array(), fits_this);
  }
  if (const Json* one = schema.find("oneOf")) {
    return std::ranges::count_if(one->as_array(), fits_this) == 1;
  }
  return schema.find("type") == nullptr || fits_type(value, schema);
}

void replace_each(const Json& json, const Json& value, const std::function<void(Json)>& visit);

/// The same in each element of an array.
void replace_in_elements(const Json& json, const Json& value,
                         const std::function<void(Json)>& visit) {
  const Json::Array& elements = json.as_array();
  for (std::size_t i = 0; i < elements.size(); ++i) {
    replace_each(elements[i], value, [&](Json replacement) {
      Json changed = Json::array();
      for (std::size_t j = 0; j < elements.size(); ++j) {
        changed.push_back(j == i ? replacement : elements[j]);
      }
      visit(std::move(changed));
    });
  }
}

/// Calls `visit` with the document, each of its keys' values in turn replaced by `value`.
void replace_each(const Json& json, const Json& value, const std::function<void(Json)>& visit) {
  if (json.is_array()) return replace_in_elements(json, value, visit);
  if (!json.is_object()) return;
  for (const Json::Member& member : json.as_object()) {
    const auto with = [&](Json replacement) {
      Json changed = json;
      changed.set(member.key, std::move(replacement));
      visit(std::move(changed));
    };
    with(value);
    replace_each(member.value, value, with);
  }
}

class Row18SchemaDrift : public ::testing::Test {
 protected:
  Json schema_ = experiment_schema();
};

TEST_F(Row18SchemaDrift, EveryShippedExperimentIsValid) {
  EXPECT_GT(testing::shipped_experiments().size(), 20U);
  for (const fs::path& file : testing::shipped_experiments()) {
    EXPECT_TRUE(fits(config::read_json(file), schema_)) << file;
    const Plan plan = load_plan(file, {"device=cpu"});
    for (const Variant& variant : plan.variants) {
      EXPECT_TRUE(fits(to_json(variant.experiment), schema_)) << file << variant.name;
    }
  }
}

TEST_F(Row18SchemaDrift, SchemaAndReaderRefuseTheSame) {
  int refused = 0;
  std::vector<fs::path> files = testing::shipped_experiments();
  for (const char* more : {"table_all_keys.json", "generated_table.json"}) {
    files.push_back(testing::source_folder() / "tests/fuzz/corpus/experiment" / more);
  }
  for (const fs::path& file : files) {
    for (const Json& value : {Json(), Json(true), Json(-1), Json(1.5), Json("x")}) {
      replace_each(config::read_json(file), value, [&](const Json& changed) {
        const std::string message = config::config_error([&] { parse_experiment(changed); });
        EXPECT_EQ(fits(changed, schema_), message.empty())
            << file << " " << config::dump(changed, 0) << " " << message;
        refused += message.empty() ? 0 : 1;
      });
    }
  }
  EXPECT_GT(refused, 1000);
}

}  // namespace
}  // namespace lacuna::experiments
