#include "runtime/data/tables/load_table.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "runtime/data/tables/read_rows.hpp"
#include "tests/runtime/data/data_fixture.hpp"

namespace lacuna::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const DenseArray& dense(const DataSet& data, const char* name) {
  return std::get<DenseArray>(data.fields.at(name));
}
const std::vector<float>& values(const DataSet& data, const char* name) {
  return std::get<std::vector<float>>(dense(data, name).values);
}

/// 60 rows: a number with a hole, a category, a target by `target(i)`, a weight.
template <class Target>
std::string table(Target target) {
  std::string text = "x,colour,y,w\n";
  for (int i = 0; i < 60; ++i) {
    text += (i % 10 == 3 ? "" : std::to_string(i)) + (i % 2 == 0 ? ",red," : ",blue,") + target(i) +
            ",2\n";
  }
  return text;
}
const auto number = [](int i) { return std::to_string(i) + ".5"; };
const auto rare_class = [](int i) { return i % 6 == 0 ? "rare" : "common"; };

class LoadTable : public DataTest {
 protected:
  TableSource source(std::string_view text) const {
    TableSource source;
    source.path = write("table.csv", text);
    source.target = "y";
    source.weight = "w";
    source.test_share = 0.5;
    source.validation_share = 0.2;
    return source;
  }
  std::string fault(const TableSource& source) const {
    return message_of<DataError>([&] { load_table(source); });
  }

  /// The table, its rows numbered by their targets, without the weights of a part of the split.
  std::string weightless(const std::string& part) const {
    TableSource config = source(table(number));
    config.scale_target = false;
    const TableSplit split = load_table(config);
    const DataSet& rows = part == "training"     ? split.train
                          : part == "validation" ? split.validation
                                                 : split.test;
    std::string text = table(number);
    for (const float target : values(rows, "target")) {
      const std::string row_end = "," + number(static_cast<int>(target)) + ",";
      text.at(text.find(row_end) + row_end.size()) = '0';
    }
    return text;
  }
};

TEST_F(LoadTable, PartsAreScaledByTheTrainingRows) {
  const TableSplit table_ = load_table(source(table(number)));
  EXPECT_EQ(table_.train.rows(), 24);
  EXPECT_EQ(table_.validation.rows(), 6);
  EXPECT_EQ(table_.test.rows(), 30);
  EXPECT_FALSE(table_.truth);
  double sum = 0;
  double squares = 0;
  double observed = 0;
  const DenseArray& input = dense(table_.train, "input");
  for (std::int64_t r = 0; r < 24; ++r) {
    if (!input.observed(r, 0)) continue;
    const auto x =
        static_cast<double>(values(table_.train, "input")[static_cast<std::size_t>(3 * r)]);
    sum += x;
    squares += x * x;
    observed += 1;
  }
  EXPECT_LT(observed, 24);
  EXPECT_NEAR(sum, 0, 1e-5);
  EXPECT_NEAR(squares / observed, 1, 1e-5);
}

TEST_F(LoadTable, ItsSchemaReadsTheSameRowsTheSameWay) {
  const TableSource config = source(table(number));
  const TableSplit split = load_table(config);
  const DataSet again = read_rows(config.path, split.schema);
  const auto& all = values(again, "input");
  const auto& test = values(split.test, "input");
  const auto first = std::search(all.begin(), all.end(), test.begin(), test.begin() + 3);
  EXPECT_EQ((first - all.begin()) % 3, 0);
  EXPECT_NE(first, all.end());
  std::vector<float> target = values(again, "target");
  split.schema.target_scaling.undo(target);
  for (std::size_t i = 0; i < target.size(); ++i) {
    ASSERT_NEAR(target[i], static_cast<float>(i) + 0.5f, 1e-5);
  }
}

TEST_F(LoadTable, ClassesAreStratifiedWhereAsked) {
  TableSource config = source(table(rare_class));
  config.stratify = true;
  const TableSplit split = load_table(config);
  const auto rare = [](const DataSet& part) {
    const auto& labels = std::get<Labels>(part.fields.at("target"));
    return std::ranges::count(labels.value, 1);
  };
  EXPECT_EQ(rare(split.test), 5);
  EXPECT_EQ(rare(split.validation), 1);
  EXPECT_EQ(rare(split.train), 4);
  config = source(table(number));
  config.stratify = true;
  EXPECT_THAT(message_of<ConfigError>([&] { load_table(config); }), HasSubstr("data.stratify"));
}

TEST_F(LoadTable, TheTargetsScalingIsAChoice) {
  TableSource config = source(table(number));
  config.scale_target = false;
  config.scale = Scaling::none;
  const TableSplit split = load_table(config);
  EXPECT_TRUE(split.schema.target_scaling.shift.empty());
  const auto& target = values(split.train, "target");
  EXPECT_TRUE(std::ranges::all_of(target, [](float y) { return y - std::trunc(y) == 0.5f; }));
}

TEST_F(LoadTable, FilesThatCannotBeUsedAreRefused) {
  TableSource config = source(table(number));
  config.validation_share = 0.01;
  EXPECT_THAT(fault(config), HasSubstr("the validation part of 60 rows is empty"));
  EXPECT_THAT(fault(source("x,y,w\n1,1,0\n2,2.5,0\n3,3,0\n4,4,0\n5,5,0\n6,6,0\n")),
              HasSubstr("the weights of all training rows are 0"));
  for (const std::string part : {"training", "validation", "test"}) {
    EXPECT_THAT(fault(source(weightless(part))),
                HasSubstr("the weights of all " + part + " rows are 0"));
  }
  config.path = path("none.csv");
  EXPECT_THAT(fault(config), HasSubstr("no file or folder"));
  config.path = path("pipe");
  ASSERT_EQ(::mkfifo(config.path.c_str(), 0600), 0);
  EXPECT_THAT(fault(config), HasSubstr("is no regular file"));
}

TEST_F(LoadTable, ANumberTooFarFromTheTrainingRowsIsRefused) {
  const auto with_row = [](const std::string& x, const std::string& y) {
    std::string text = "x,y,w\n";
    for (int i = 0; i < 40; ++i) text += fmt::format("0.{},1.{},1\n", i % 3, i % 4);
    // Whatever part it falls into, some split has it elsewhere than among the training rows.
    return text + x + "," + y + ",1\n";
  };
  const auto faults = [&](const std::string& rows) {
    std::set<std::string> said;
    TableSource config = source(rows);
    for (config.split_seed = 0; config.split_seed < 20; ++config.split_seed) {
      try {
        load_table(config);
      } catch (const DataError& error) {
        said.insert(error.what());
      }
    }
    return said;
  };
  EXPECT_THAT(faults(with_row("3e38", "1.5")),
              ElementsAre(HasSubstr("table.csv: column 'x': a num")));
  EXPECT_THAT(faults(with_row("0.5", "-3e38")),
              ElementsAre(HasSubstr("table.csv: column 'y': a num")));
  EXPECT_THAT(faults(with_row("0.5", "1.5")), IsEmpty());
}

TEST_F(LoadTable, CellsAreHiddenInEachCopyBeforeColumnsAreScaled) {
  TableSource config = source(table(number));
  config.copies = 30;
  config.scale = Scaling::unit;
  config.hide = HideConfig{.mechanism = HideMechanism::mnar, .train_rate = 0.5, .depends = 10};
  const TableSplit split = load_table(config);
  const DenseArray& input = dense(split.train, "input");
  ASSERT_EQ(input.columns(), 90);
  std::set<std::size_t> kept;  // how many copies of x a row keeps
  for (std::int64_t r = 0; r < input.rows; ++r) {
    std::size_t copies = 0;
    for (std::int64_t c = 0; c < 90; c += 3) {
      copies += input.observed(r, c) ? 1 : 0;
      EXPECT_EQ(input.observed(r, c + 1), input.observed(r, c + 2)) << "a category goes as a whole";
    }
    kept.insert(copies);
  }
  EXPECT_GT(kept.size(), 3U) << "copies lose cells of their own";
  config.hide->train_rate = 0;
  EXPECT_LT(split.schema.input_scaling.scale[0], load_table(config).schema.input_scaling.scale[0])
      << "large values are hidden from the scaling, too";
}

TEST_F(LoadTable, WhatIsHiddenDoesNotDependOnTheSplit) {
  TableSource config = source(table(number));
  config.scale = Scaling::none;
  config.scale_target = false;
  config.hide = HideConfig{.train_rate = 0.5};
  const auto hidden = [&](std::uint64_t seed) {
    config.split_seed = seed;
    std::set<std::pair<float, bool>> rows;  // target, x is observed
    const TableSplit split = load_table(config);
    for (const DataSet* part : {&split.train, &split.validation, &split.test}) {
      for (std::int64_t r = 0; r < part->rows(); ++r) {
        rows.emplace(values(*part, "target")[static_cast<std::size_t>(r)],
                     dense(*part, "input").observed(r, 0));
      }
    }
    return rows;
  };
  EXPECT_EQ(hidden(1), hidden(2));
  EXPECT_EQ(hidden(1).size(), 60U);
}

TEST_F(LoadTable, GeneratedTablesComeWithTheirTruth) {
  SyntheticTable config;
  config.rows = 50;
  config.missing_share = 0.2;
  const TableSplit split = load_table(config);
  EXPECT_EQ(split.test.rows(), 10);
  EXPECT_EQ(split.schema.input_columns(), 10);
  ASSERT_TRUE(split.truth);
  EXPECT_DOUBLE_EQ(split.truth->complete_floor, config.noise);
  EXPECT_GT(split.truth->floor, config.noise);
}

}  // namespace
}  // namespace lacuna::data
