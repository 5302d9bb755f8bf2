#include "experiments/tasks/rating_prediction/error_by_count.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <map>

#include "experiments/tasks/own_csv.hpp"

namespace lacuna::experiments {

namespace {

struct Sums {
  std::int64_t pairs = 0;
  double known = 0;
  double squares = 0;
};

/// By the number of binary digits of the counts.
using SumsByDigits = std::map<int, Sums>;

std::vector<CountBin> bins_of(const SumsByDigits& sums) {
  std::vector<CountBin> bins;
  for (const auto& [digits, sum] : sums) {
    const std::int64_t from = digits == 0 ? 0 : std::int64_t{1} << (digits - 1);
    const auto pairs = static_cast<double>(sum.pairs);
    bins.push_back({from, digits == 0 ? 0 : 2 * from - 1, sum.pairs, sum.known / pairs,
                    std::sqrt(sum.squares / pairs)});
  }
  return bins;
}

int digits_of(std::int64_t count) {
  return static_cast<int>(std::bit_width(static_cast<std::uint64_t>(count)));
}

}  // namespace

std::vector<CountBin> error_by_count(const data::CsrArrays& test,
                                     std::span<const std::int64_t> known,
                                     std::span<const float> prediction) {
  SumsByDigits sums;
  for (std::size_t row = 0; row < known.size(); ++row) {
    for (auto e = test.row_ptr[row]; e < test.row_ptr[row + 1]; ++e) {
      const auto entry = static_cast<std::size_t>(e);
      const double error =
          static_cast<double>(prediction[entry]) - static_cast<double>(test.value[entry]);
      Sums& sum = sums[digits_of(known[row])];
      ++sum.pairs;
      sum.known += static_cast<double>(known[row]);
      sum.squares += error * error;
    }
  }
  return bins_of(sums);
}

std::vector<CountBin> pooled(const std::vector<std::vector<CountBin>>& runs) {
  SumsByDigits sums;
  for (const std::vector<CountBin>& run : runs) {
    for (const CountBin& bin : run) {
      Sums& sum = sums[digits_of(bin.from)];
      const auto pairs = static_cast<double>(bin.pairs);
      sum.pairs += bin.pairs;
      sum.known += pairs * bin.mean_known;
      sum.squares += pairs * bin.rmse * bin.rmse;
    }
  }
  return bins_of(sums);
}

NamedFile file_of(const std::vector<CountBin>& bins) {
  std::string text = "known_from,known_to,pairs,mean_known,rmse\n";
  for (const CountBin& bin : bins) {
    text += fmt::format("{},{},{},{},{}\n", bin.from, bin.to, bin.pairs, bin.mean_known, bin.rmse);
  }
  return {std::string(error_by_count_file), text};
}

std::vector<CountBin> read_error_by_count(const std::filesystem::path& file) {
  std::vector<CountBin> bins;
  read_own_csv(file, [&](const OwnRow& row) {
    const CountBin bin{row.count(0), row.count(1), row.count(2), row.number(3), row.number(4)};
    if (bin.pairs < 1) throw row.error(2, "no pairs");
    if (!std::isfinite(bin.mean_known)) throw row.error(3, "not finite");
    if (!std::isfinite(bin.rmse)) throw row.error(4, "not finite");
    bins.push_back(bin);
  });
  return bins;
}

}  // namespace lacuna::experiments
