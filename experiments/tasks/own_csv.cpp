#include "experiments/tasks/own_csv.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "runtime/error.hpp"

namespace lacuna::experiments {

double OwnRow::number(std::size_t field) const {
  if (field >= row_.fields.size()) throw row_.error("?", "is missing");
  const std::string text(row_.fields[field]);
  if (text == "inf") return std::numeric_limits<double>::infinity();
  const auto value = data::to_number(row_.fields[field]);
  if (!value) throw error(field, "no number");
  return static_cast<double>(*value);
}

std::int32_t OwnRow::count(std::size_t field) const {
  const std::string digits = text(field);
  std::int32_t value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool whole = fault == std::errc() && end == digits.data() + digits.size() && value >= 0;
  if (!whole) throw error(field, "no whole number");
  return value;
}

std::string OwnRow::text(std::size_t field) const {
  if (field >= row_.fields.size()) throw row_.error("?", "is missing");
  return data::to_text(row_.fields[field], true);
}

data::RowError OwnRow::error(std::size_t field, std::string_view what) const {
  return row_.error(fmt::format("{}", field + 1), what);
}

void read_own_csv(const std::filesystem::path& file,
                  const std::function<void(const OwnRow&)>& visit) {
  try {
    data::for_each_row(
        {.path = file.string()}, [](const data::TableHeader&) {},
        [&](const data::TableRow& row) { visit(OwnRow(row)); });
  } catch (const DataError& error) {
    throw IoError(error.what());
  }
}

}  // namespace lacuna::experiments
