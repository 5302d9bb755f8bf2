#include "runtime/io/gnuplot.hpp"

#include <gmock/gmock.h>

#include "runtime/error.hpp"
#include "tests/support/scoped_variable.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::io {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::message_of;
using testing::read_file;
using testing::ScopedVariable;
using ::testing::StartsWith;
using testing::TemporaryFolder;
namespace fs = std::filesystem;

class Gnuplot : public ::testing::Test {
 protected:
  void SetUp() override {
    try {
      plot("plot x", folder_ / "probe.svg");
    } catch (const IoError& error) {
      if (std::string_view(error.what()).starts_with("gnuplot not found")) GTEST_SKIP();
      throw;
    }
    fs::remove(folder_ / "probe.svg");
  }
  TemporaryFolder folder_;
};

TEST_F(Gnuplot, DrawsSvgAndPng) {
  const std::string script = "$data << EOD\n1 2\n3 4\nEOD\nplot $data with lines";
  plot(script, folder_ / "it's a picture.svg");
  EXPECT_THAT(read_file(folder_ / "it's a picture.svg"), HasSubstr("</svg>"));
  plot(script, folder_ / "a.png");
  EXPECT_THAT(read_file(folder_ / "a.png"), StartsWith("\x89PNG"));
}

TEST_F(Gnuplot, QuotedNamesAreData) {
  const std::string name = (folder_ / "a'b`touch x`\"\\n.dat").string();
  testing::write_file(name, "1 2\n3 4\n");
  plot("plot " + gnuplot_quote(name), folder_ / "a.svg");
  EXPECT_EQ(folder_.entries(), 2);
  EXPECT_THROW(gnuplot_quote("a\nplot x"), IoError);
}

TEST_F(Gnuplot, ErrorsKeepTheOldPicture) {
  plot("plot x", folder_ / "a.svg");
  const std::string old = read_file(folder_ / "a.svg");
  EXPECT_THAT(message_of<IoError>([&] { plot("plot nosuch(x", folder_ / "a.svg"); }),
              AllOf(HasSubstr("a.svg"), HasSubstr("')' expected")));
  EXPECT_THAT(message_of<IoError>([&] { plot("x = 1", folder_ / "a.svg"); }),
              HasSubstr("draws nothing"));
  EXPECT_EQ(read_file(folder_ / "a.svg"), old);
}

TEST_F(Gnuplot, LongScriptWithManyWarnings) {
  std::string script;
  for (int i = 0; i < 20'000; ++i) script += "print 'not the picture'\n";
  plot(script + "plot x", folder_ / "a.svg");
  EXPECT_THAT(read_file(folder_ / "a.svg"), StartsWith("<?xml"));
}

TEST(GnuplotMissing, SaysWhatToInstall) {
  const TemporaryFolder folder;
  const ScopedVariable path("PATH", folder.path().string());
  EXPECT_THAT(message_of<IoError>([&] { plot("plot x", folder / "a.svg"); }),
              HasSubstr("install gnuplot-nox"));
}

TEST_F(Gnuplot, SvgAsText) {
  const std::string svg = plot_svg("plot x", 300, 200);
  EXPECT_THAT(svg, AllOf(HasSubstr("viewBox=\"0 0 300 200\""), HasSubstr("</svg>")));
  EXPECT_THAT(message_of<IoError>([] { plot_svg("plot nosuch(x", 300, 200); }),
              HasSubstr("')' expected"));
  EXPECT_EQ(folder_.entries(), 0);
}

TEST(GnuplotName, MustSayTheFormat) {
  EXPECT_THAT(message_of<IoError>([] { plot("plot x", "a.pdf"); }), HasSubstr(".svg or .png"));
}

}  // namespace
}  // namespace lacuna::io
