#include "experiments/tasks/own_csv.hpp"

#include <fmt/format.h>

#include <limits>

#include "runtime/error.hpp"

namespace lacuna::experiments {

double OwnRow::number(std::size_t field) const {
  if (field >= row_.fields.size()) throw row_.error("?", "is missing");
  const std::string text(row_.fields[field]);
  if (text == "inf") return std::numeric_limits<double>::infinity();
  const auto value = data::to_number(row_.fields[field]);
  if (!value) throw row_.error(fmt::format("{}", field + 1), "no number");
  return static_cast<double>(*value);
}

std::string OwnRow::text(std::size_t field) const {
  if (field >= row_.fields.size()) throw row_.error("?", "is missing");
  return data::to_text(row_.fields[field], true);
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
