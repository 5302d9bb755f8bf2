#include "tests/tree/naming.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tree/words.hpp"

namespace lacuna::tree {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> joined_words(std::string_view text) {
  std::vector<std::string> all;
  for (const Word& word : words_of(text)) {
    std::string joined;
    for (const std::string& part : word.parts) joined += (joined.empty() ? "" : "-") + part;
    all.push_back(joined);
  }
  return all;
}

TEST(Words, AreCutAtBarsDigitsAndCapitals) {
  EXPECT_THAT(joined_words("int train_ratings = CsrMatrix2D; JSONReader x; MAX_USERS"),
              ElementsAre("int", "train-ratings", "csr-matrix-d", "json-reader", "x", "max-users"));
}

TEST(Words, OfCommentsDoNotCountThoseOfStringsDo) {
  const auto words = words_of("a; // b\n/* c\n d */ \"e \\\" f\" 'g' R\"(h \"i)\" 1'000\nk");
  std::vector<std::string> texts;
  for (const Word& word : words) {
    if (!word.parts.empty()) texts.push_back(word.parts[0] + (word.in_string ? "*" : ""));
  }
  EXPECT_THAT(texts, ElementsAre("a", "e*", "f*", "h*", "i*", "k"));
  EXPECT_EQ(words.back().line, 4u);
}

TEST(TaskNouns, AreFoundInIdentifiersAndStrings) {
  EXPECT_THAT(task_nouns("runtime/train/x.cpp", "int a;\nint userCount;\n"),
              ElementsAre(HasSubstr("x.cpp:2: a task's noun: user")));
  for (const char* text : {"class RatingTask;", "f(train_ratings);", "say(\"the patients\");",
                           "#include \"runtime/data/images/x.hpp\"\n", "std::vector<Item> x;"}) {
    EXPECT_THAT(task_nouns("experiments/run/x.cpp", text), SizeIs(1)) << text;
    EXPECT_THAT(task_nouns("kernels/x_cuda.cu", text), SizeIs(1)) << text;
  }
  EXPECT_THAT(task_nouns("runtime/x.cpp",
                         "// ratings of a user\nint separating, itemised, used, imagery;\n"),
              IsEmpty());
}

TEST(TaskNouns, BelongToTasksFamiliesOfDataListsAndHelp) {
  const char* text = "int rating = 0;\n";
  for (const char* path : {"experiments/tasks/rating_prediction/x.cpp",
                           "runtime/data/ratings/x.cpp", "experiments/tasks/configs.hpp",
                           "experiments/bench/x.cpp", "models/x.cpp", "tests/x.cpp"}) {
    EXPECT_THAT(task_nouns(path, text), IsEmpty()) << path;
  }
  EXPECT_THAT(task_nouns("runtime/data/x.cpp", text), SizeIs(1)) << "of no family";
  EXPECT_THAT(task_nouns("experiments/cli/cli.cpp", "help(\"the ratings\");"), IsEmpty());
  EXPECT_THAT(task_nouns("experiments/cli/cli.cpp", "int ratings;"), SizeIs(1));
  EXPECT_THAT(task_nouns("runtime/config/schema.cpp", "find(\"items\"); minItems"), IsEmpty());
  EXPECT_THAT(task_nouns("kernels/emulation/x.hpp", "\"no kernel image\""), IsEmpty());
  EXPECT_THAT(task_nouns("kernels/core/x.cu", "cudaErrorNoKernelImageForDevice"), IsEmpty());
  EXPECT_THAT(task_nouns("runtime/config/parse.cpp", "find(\"items\");"), SizeIs(1));
}

TEST(DtypesOfModels, AreFound) {
  for (const char* line : {"template <class T>", "Program<float>& program", "AutoRec<double> x;",
                           "Tensor::zeros(pool, DType::f32)", "DType dtype;", "float x = 1;",
                           "std::vector<float> x;"}) {
    EXPECT_THAT(dtypes_of_models("models/x.cpp", line), SizeIs(1)) << line;
    EXPECT_THAT(dtypes_of_models("runtime/x.cpp", line), IsEmpty()) << line;
  }
  EXPECT_THAT(dtypes_of_models("models/x.cpp",
                               "double stddev = 0.1;\nstd::variant<Named, double> k;\n"
                               "std::get<double>(k);\nstatic_cast<double>(n);  // <float>\n"),
              IsEmpty());
}

constexpr const char* registry =
    "#include \"models/autorec.hpp\"\nusing ModelConfig = std::variant<AutoRecConfig, "
    "CfNadeConfig>;";

TEST(Models, AreThoseOfTheRegistry) {
  EXPECT_THAT(models_of(registry), ElementsAre("autorec", "cfnade"));
  EXPECT_THAT(models_of("int x;"), IsEmpty());
}

TEST(Models, AreNamedByTheirPairAndTheRegistryOnly) {
  const auto found = [](std::string_view path, std::string_view text) {
    return named_models(path, text, models_of(registry));
  };
  const char* text = "models::AutoRecConfig x;\nsay(\"cf_nade\");\n";
  for (const char* path : {"runtime/x.cpp", "experiments/run/x.cpp", "models/mlp.cpp"}) {
    EXPECT_THAT(found(path, text), ElementsAre(HasSubstr(":1: names the model autorec"),
                                               HasSubstr(":2: names the model cfnade")));
  }
  for (const char* path : {"models/registry.cpp", "experiments/bench/x.cpp", "tests/x.cpp"}) {
    EXPECT_THAT(found(path, text), IsEmpty());
  }
  EXPECT_THAT(found("models/cf_nade.cpp", text), SizeIs(1)) << "a model does not know the other";
  EXPECT_THAT(found("runtime/x.cpp", "int auto_recover; // AutoRec\n"), IsEmpty());
}

TEST(Models, ArePairsOfFiles) {
  const auto models = models_of(registry);
  EXPECT_THAT(unpaired_models({"models/autorec.hpp", "models/autorec.cpp", "models/cf_nade.hpp",
                               "models/cf_nade.cpp"},
                              models),
              IsEmpty());
  EXPECT_THAT(unpaired_models({"models/autorec.hpp", "models/cf_nade.cpp"}, models),
              ElementsAre("models/autorec.cpp is missing", "models/cfnade.hpp is missing"));
}

}  // namespace
}  // namespace lacuna::tree
