#include "runtime/data/tables/synthetic_records.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

#include "runtime/data/checksum.hpp"
#include "runtime/random_purpose.hpp"

namespace lacuna::data {
namespace {

const SyntheticRecords& checked(const SyntheticRecords& source) {
  source.check();
  return source;
}

/// What a standard normal number exceeds with this probability.
double upper_quantile(double probability) {
  double low = -10;
  double high = 10;
  while (high - low > 1e-12) {
    const double middle = (low + high) / 2;
    (std::erfc(middle / std::numbers::sqrt2) / 2 > probability ? low : high) = middle;
  }
  return low;
}

/// Of length 1, in a direction at random.
std::vector<double> direction(std::int64_t dimensions, RandomSequence& random) {
  std::vector<double> v(static_cast<std::size_t>(dimensions));
  for (double& x : v) x = random.normal();
  const double length = std::sqrt(std::inner_product(v.begin(), v.end(), v.begin(), 0.0));
  for (double& x : v) x /= length;
  return v;
}

template <class T>
void add(Checksum& checksum, const std::vector<T>& values) {
  checksum.update(values.data(), values.size() * sizeof(T));
}

}  // namespace

RecordsGenerator::RecordsGenerator(const SyntheticRecords& source)
    : source_(checked(source)), threshold_(upper_quantile(source.prevalence)) {
  RandomSequence random({source.seed, purpose::record_loadings});
  for (std::int64_t e = 0; e < source.examinations; ++e) {
    loadings_.push_back(direction(source.factors, random));
  }
  risk_ = direction(source.factors, random);
}

RandomSequence RecordsGenerator::random(std::uint32_t purpose, std::int64_t row) const {
  return RandomSequence({source_.seed, purpose, static_cast<std::uint32_t>(row)});
}

RecordsGenerator::Vector RecordsGenerator::health(std::int64_t row) const {
  const double kept = source_.persistence;
  const double fresh = std::sqrt(1 - kept * kept);
  const auto factors = static_cast<std::size_t>(source_.factors);
  RandomSequence draws = random(purpose::record_health, row);
  Vector z(factors * static_cast<std::size_t>(source_.years));
  for (std::size_t i = 0; i < z.size(); ++i) {
    z[i] = i < factors ? draws.normal() : kept * z[i - factors] + fresh * draws.normal();
  }
  return z;
}

bool RecordsGenerator::is_diseased(std::int64_t row, const Vector& health) const {
  const auto last = health.end() - source_.factors;
  const double known = std::inner_product(risk_.begin(), risk_.end(), last, 0.0);
  const double chance = random(purpose::record_disease, row).normal();
  return std::sqrt(source_.risk_share) * known + std::sqrt(1 - source_.risk_share) * chance >
         threshold_;
}

DataSet RecordsGenerator::generate() const {
  const std::int64_t columns = source_.columns();
  std::vector<float> cells(static_cast<std::size_t>(source_.rows * columns));
  CellMask mask(static_cast<std::size_t>(source_.rows * mask_row_bytes(columns)));
  std::vector<std::int32_t> labels;
  const double by_health = std::sqrt(source_.health_share);
  const double by_chance = std::sqrt(1 - source_.health_share);
  for (std::int64_t r = 0; r < source_.rows; ++r) {
    const Vector z = health(r);
    labels.push_back(is_diseased(r, z) ? 1 : 0);
    const double mean_share = source_.share_of(labels.back() == 1);
    RandomSequence values = random(purpose::record_cells, r);
    RandomSequence holes = random(purpose::record_holes, r);
    const double own = std::pow(holes.uniform(), (1 - mean_share) / mean_share);
    const double share = std::lerp(mean_share, own, source_.spread);
    for (std::int64_t j = 0; j < columns; ++j) {
      const double chance = values.normal();
      if (holes.uniform() >= share) continue;
      const Vector& a = loadings_[static_cast<std::size_t>(j % source_.examinations)];
      const auto of_year = z.begin() + j / source_.examinations * source_.factors;
      const double x =
          by_health * std::inner_product(a.begin(), a.end(), of_year, 0.0) + by_chance * chance;
      cells[static_cast<std::size_t>(r * columns + j)] = static_cast<float>(x);
      set_observed(mask, columns, r, j);
    }
  }
  Checksum checksum;
  add(checksum, cells);
  add(checksum, mask);
  add(checksum, labels);
  DataSet data{{}, std::string(SyntheticRecords::tag), checksum.hex()};
  data.fields.emplace("input",
                      DenseArray{source_.rows, {columns}, std::move(cells), std::move(mask)});
  data.fields.emplace("target", Labels{std::move(labels), schema().target.levels});
  return data;
}

TableSchema RecordsGenerator::schema() const {
  TableSchema schema;
  for (std::int64_t j = 0; j < source_.columns(); ++j) {
    schema.inputs.push_back(
        {fmt::format("exam{}_year{}", j % source_.examinations + 1, j / source_.examinations + 1),
         ColumnKind::number,
         {}});
  }
  schema.target.name = "disease";
  schema.target.kind = ColumnKind::category;
  schema.target.levels = {"0", "1"};
  schema.missing = standard_missing();
  return schema;
}

}  // namespace lacuna::data
