#pragma once

#include <cstdint>
#include <vector>

#include "runtime/data/field.hpp"
#include "runtime/data/random_sequence.hpp"
#include "runtime/data/tables/records_config.hpp"
#include "runtime/data/tables/table_schema.hpp"

namespace lacuna::data {

/// Health records with a known truth, of the shape of the NHIS's: people, each with numbers from
/// some examinations of some years, and whether they have a disease.
///
/// A person's health z_t has `factors` dimensions, each N(0, 1) and over the years an
/// autoregression of first order. Examination e in year t is
///
///     x = sqrt(health_share) a_e . z_t + sqrt(1 - health_share) N(0, 1),  |a_e| = 1,
///
/// and who is diseased has sqrt(risk_share) b . z_last + sqrt(1 - risk_share) N(0, 1), |b| = 1,
/// above the quantile that `prevalence` asks for. Each examination was made with a probability of
/// the person's own, (1 - spread) m + spread u^((1 - m) / m) with u uniform in (0, 1): m in the
/// mean, which is share_of(diseased), and apart from that independent of all else.
///
/// A function of the source alone; row r does not depend on the number of rows.
class RecordsGenerator {
 public:
  /// Throws std::invalid_argument as source.check() does.
  explicit RecordsGenerator(const SyntheticRecords& source);

  /// All rows: "input", floats [rows, years x examinations], and "target", as read_rows() gives
  /// them.
  DataSet generate() const;
  /// Columns exam1_year1, exam2_year1, ... and the target "disease" with the classes 0 and 1.
  TableSchema schema() const;

 private:
  using Vector = std::vector<double>;
  /// Health in all years, one after the other.
  Vector health(std::int64_t row) const;
  bool is_diseased(std::int64_t row, const Vector& health) const;
  RandomSequence random(std::uint32_t purpose, std::int64_t row) const;

  SyntheticRecords source_;
  double threshold_;
  std::vector<Vector> loadings_;  // by examination
  Vector risk_;
};

}  // namespace lacuna::data
