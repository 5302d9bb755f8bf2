#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/support/paths.hpp"
#include "tests/tree/naming.hpp"
#include "tests/tree/rules.hpp"

namespace lacuna::tree {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string read(const std::string& path) {
  std::ifstream file(testing::source_folder() / path);
  EXPECT_TRUE(file) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Every C++ and CUDA file of the layers and the tests, relative to the root.
std::vector<std::string> source_paths() {
  const fs::path root = testing::source_folder();
  const std::set<fs::path> endings{".cpp", ".hpp", ".cu", ".cuh"};
  std::vector<std::string> paths;
  for (const auto* folder : {"kernels", "runtime", "models", "experiments", "tests"})
    for (const auto& entry : fs::recursive_directory_iterator(root / folder))
      if (endings.contains(entry.path().extension()))
        paths.push_back(fs::relative(entry.path(), root).generic_string());
  return paths;
}

template <class Rule>
Violations over_the_tree(Rule rule) {
  Violations all;
  for (const auto& path : source_paths())
    for (auto& violation : rule(path, read(path))) all.push_back(std::move(violation));
  return all;
}

TEST(Tree, IncludesPointDownwards) {
  EXPECT_THAT(over_the_tree(upward_includes), IsEmpty());
}

TEST(Tree, FilesAreShort) {
  EXPECT_THAT(over_the_tree([](auto path, auto text) { return too_long(path, text); }), IsEmpty());
}

TEST(Tree, HasNoBannedWords) {
  EXPECT_THAT(over_the_tree(banned_words), IsEmpty());
}

TEST(Tree, HeadersStartWithPragmaOnce) {
  EXPECT_THAT(over_the_tree(missing_pragma_once), IsEmpty());
}

TEST(Tree, KernelsAreLaunchedByTheHelper) {
  EXPECT_THAT(over_the_tree(plain_launches), IsEmpty());
}

TEST(Tree, OpsAreComplete) {
  EXPECT_THAT(incomplete_ops(source_paths(), read("kernels/cases.cpp")), IsEmpty());
}

TEST(Tree, OpsAreListedAndHaveCases) {
  const std::string list = read("kernels/ops.hpp");
  Violations found;
  for (const auto& path : source_paths()) {
    const bool declares_ops = path.starts_with("kernels/") && path.ends_with(".hpp") &&
                              !path.starts_with("kernels/core/");
    const std::string text = declares_ops ? read(path) : "";
    if (text.find("dispatch(ctx, op)") == text.npos) continue;
    const std::string cases = read(path.substr(0, path.size() - 4) + "_case.cpp");
    for (auto& line : unlisted_ops(path, text, list, cases)) found.push_back(std::move(line));
  }
  EXPECT_THAT(found, IsEmpty());
}

TEST(Tree, NounsOfTasksStayWithThem) {
  EXPECT_THAT(over_the_tree(task_nouns), IsEmpty());
}

TEST(Tree, ModelsNameNoDtype) {
  EXPECT_THAT(over_the_tree(dtypes_of_models), IsEmpty());
}

TEST(Tree, AModelIsOnePairAndALineInTheRegistry) {
  const auto models = models_of(read("models/registry.hpp"));
  EXPECT_THAT(models, ::testing::Contains("autorec"));
  EXPECT_THAT(unpaired_models(source_paths(), models), IsEmpty());
  EXPECT_THAT(over_the_tree([&](auto path, auto text) { return named_models(path, text, models); }),
              IsEmpty());
}

TEST(Tree, PackagesAreWellFormed) {
  EXPECT_THAT(malformed_packages(read("cmake/packages.txt")), IsEmpty());
}

TEST(Tree, ReadmeShowsBothCommands) {
  EXPECT_THAT(missing_commands(read("README.md")), IsEmpty());
}

TEST(TreeRules, SourcesAreFound) {
  EXPECT_THAT(source_paths(), ::testing::IsSupersetOf({"tests/tree/rules.hpp", "kernels/cases.cpp",
                                                       "kernels/core/device_runtime_cuda.cu"}));
}

TEST(TreeRules, AnUpwardIncludeIsFound) {
  EXPECT_THAT(
      upward_includes("kernels/x.cpp", "#include <vector>\n#include \"runtime/error.hpp\"\n"),
      ElementsAre(HasSubstr("kernels/x.cpp:2: points upwards")));
  EXPECT_THAT(upward_includes("models/x.cpp", "#include \"experiments/cli/run.hpp\"\n"), SizeIs(1));
  EXPECT_THAT(upward_includes("experiments/x.cpp", "#include \"tests/support/x.hpp\"\n"),
              SizeIs(1));
  for (const auto* text : {"#include <runtime/error.hpp>\n", "  #  include \"runtime/error.hpp\"\n",
                           "#include\t<runtime/error.hpp>\n", "#include\"runtime/error.hpp\"\n"})
    EXPECT_THAT(upward_includes("kernels/x.cpp", text), ElementsAre(HasSubstr("points upwards")))
        << text;
  EXPECT_THAT(upward_includes("runtime/x.cpp", "#include \"x.hpp\"\n"),
              ElementsAre(HasSubstr("not rooted")));
  EXPECT_THAT(upward_includes("models/x.cpp",
                              "#include \"models/y.hpp\"\n#include \"kernels/core/view.hpp\"\n"
                              "#include <kernels/core/view.hpp>\n#include <x.hpp>\n"
                              "# if runtime\n// #include <runtime/error.hpp>\n"),
              IsEmpty());
}

TEST(TreeRules, ALongFileIsFound) {
  EXPECT_THAT(too_long("a.cpp", std::string(401, '\n')),
              ElementsAre("a.cpp: 401 lines, more than 400"));
  EXPECT_THAT(too_long("a.cpp", std::string(400, '\n')), IsEmpty());
}

TEST(TreeRules, BannedWordsAreFound) {
  EXPECT_THAT(banned_words("a.cpp", "int a;\n  std::exit(2);\n"),
              ElementsAre(HasSubstr("a.cpp:2: exit")));
  EXPECT_THAT(banned_words("a.cpp", "if (x) exit(1);\n"), SizeIs(1));
  EXPECT_THAT(banned_words("a.cpp", "using namespace std;\n"), SizeIs(1));
  EXPECT_THAT(banned_words("a.cpp",
                           "// TO"
                           "DO: more\n// FIX"
                           "ME\n"),
              SizeIs(2));
  EXPECT_THAT(banned_words("a.cpp",
                           "return app.exit(error);\nsay(\"call "
                           "exit()\");\n_exit(130);\nat_exit(f);  // not exit()\n"
                           "using namespace std::chrono_literals;\n"),
              SizeIs(1));
}

TEST(TreeRules, AMissingPragmaOnceIsFound) {
  EXPECT_THAT(missing_pragma_once("a.hpp", "#include <vector>\n#pragma once\n"), SizeIs(1));
  EXPECT_THAT(missing_pragma_once("a.hpp", ""), SizeIs(1));
  EXPECT_THAT(missing_pragma_once("a.cuh", "int a;\n"), SizeIs(1));
  EXPECT_THAT(missing_pragma_once("a.hpp", "// Why.\n\n#pragma once\n"), IsEmpty());
  EXPECT_THAT(missing_pragma_once("a.cpp", "int a;\n"), IsEmpty());
}

TEST(TreeRules, APlainLaunchIsFound) {
  const auto* text = "int a;\n  add<<<grid, block>>>(x);\n";
  EXPECT_THAT(plain_launches("kernels/a_cuda.cu", text),
              ElementsAre(HasSubstr("a_cuda.cu:2: <<<")));
  EXPECT_THAT(plain_launches("kernels/a.cuh", text), SizeIs(1));
  EXPECT_THAT(plain_launches("kernels/a.cpp", text), IsEmpty());
  EXPECT_THAT(plain_launches("kernels/a.cu", "// not by <<<>>>\nsay(\"<<<\");\nx = a << 3;\n"),
              IsEmpty());
}

TEST(TreeRules, AnIncompleteOpIsFound) {
  const std::vector<std::string> op = {"kernels/codes/ovr.hpp", "kernels/codes/ovr_cpu.cpp",
                                       "kernels/codes/ovr_cuda.cu", "kernels/codes/ovr_case.cpp"};
  EXPECT_THAT(incomplete_ops(op, "cases.push_back(ovr_case());"), IsEmpty());
  EXPECT_THAT(incomplete_ops(op, "cases.push_back(discover());"),
              ElementsAre(HasSubstr("list ovr")));
  for (const std::size_t absent : {0U, 1U, 2U, 3U}) {
    auto rest = op;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(absent));
    EXPECT_THAT(incomplete_ops(rest, "ovr"), ElementsAre(HasSubstr(op[absent] + " is missing")));
  }
}

TEST(TreeRules, AnOpWithoutListOrCaseIsFound) {
  const auto* header =
      "template <class T>\nvoid ovr(const ExecContext& ctx, const Ovr<T>& op) {\n"
      "template <class T>\nvoid ovr_backward(const ExecContext& ctx,\n"
      "                  const OvrBackward<T>& op) {\n";
  const auto* list = "using Ops = OpList<Gemm, Ovr, OvrBackward>;";
  const auto* cases = "ovr<T>(ctx, {x});\novr_backward<T>(ctx, {dx});\n";
  EXPECT_THAT(unlisted_ops("ovr.hpp", header, list, cases), IsEmpty());
  EXPECT_THAT(unlisted_ops("ovr.hpp", header, "OpList<Ovr>", cases),
              ElementsAre(HasSubstr("does not list OvrBackward")));
  EXPECT_THAT(unlisted_ops("ovr.hpp", header, list, "ovr<T>(ctx, {x});"),
              ElementsAre(HasSubstr("no case calls ovr_backward")));
}

TEST(TreeRules, AMalformedPackageIsFound) {
  EXPECT_THAT(malformed_packages("# why\n\nbuild g++\ntest libgtest-dev\n"), IsEmpty());
  for (const auto* line : {"builds g++", "build", "build G++", "build a;b", "build g++ cmake"})
    EXPECT_THAT(malformed_packages(line), SizeIs(1)) << line;
  EXPECT_THAT(malformed_packages("build g++\ntest g++\n"), ElementsAre(HasSubstr(":2:")));
}

TEST(TreeRules, AMissingCommandIsFound) {
  EXPECT_THAT(missing_commands("./lacuna train experiments/quickstart.json\n"),
              ElementsAre(HasSubstr("./lacuna test")));
  EXPECT_THAT(missing_commands("./lacuna test\n"), SizeIs(1));
}

}  // namespace
}  // namespace lacuna::tree
