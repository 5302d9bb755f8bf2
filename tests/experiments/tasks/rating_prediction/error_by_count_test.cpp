#include "experiments/tasks/rating_prediction/error_by_count.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "runtime/error.hpp"
#include "tests/experiments/run/small_ratings.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::experiments {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Of rows with 0, 3 and 5 known ratings.
std::vector<CountBin> some_bins() {
  const data::CsrArrays test = small_ratings().split.test;  // values 1; 5, 2; 4
  return error_by_count(test, std::vector<std::int64_t>{3, 5, 0}, std::vector<float>{3, 4, 3, 1});
}

TEST(ErrorByCount, BinsDouble) {
  EXPECT_THAT(some_bins(), ElementsAre(CountBin{0, 0, 1, 0, 3}, CountBin{2, 3, 1, 3, 2},
                                       CountBin{4, 7, 2, 5, 1}));
}

TEST(ErrorByCount, RunsArePooledBySquares) {
  const std::vector<CountBin> a{{4, 7, 1, 4, 1}};
  const std::vector<CountBin> b{{0, 0, 2, 0, 2}, {4, 7, 3, 6, 3}};
  EXPECT_THAT(pooled({a, b}),
              ElementsAre(CountBin{0, 0, 2, 0, 2}, CountBin{4, 7, 4, 5.5, std::sqrt(7.0)}));
  EXPECT_THAT(pooled({}), IsEmpty());
}

TEST(ErrorByCount, AFileIsReadBackAndADamagedOneRefused) {
  const testing::TemporaryFolder folder;
  const NamedFile file = file_of(some_bins());
  testing::write_file(folder / file.name, file.text);
  EXPECT_EQ(read_error_by_count(folder / file.name), some_bins());
  testing::write_file(folder / file.name, file.text.substr(0, file.text.size() - 12) + "x\n");
  EXPECT_THROW(read_error_by_count(folder / file.name), IoError);
  for (const char* line :
       {"4,7,0,5,1", "4,7,2,nan,1", "-4,7,2,5,1", "4,7,2.5,5,1", "4,7,2,5,inf"}) {
    testing::write_file(folder / file.name,
                        "known_from,known_to,pairs,mean_known,rmse\n" + std::string(line) + "\n");
    EXPECT_THROW(read_error_by_count(folder / file.name), IoError) << line;
  }
}

}  // namespace
}  // namespace lacuna::experiments
