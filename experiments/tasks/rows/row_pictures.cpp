#include "experiments/tasks/rows/row_pictures.hpp"

#include <fmt/format.h>

#include "runtime/data/images/npy_file.hpp"
#include "runtime/data/text_source.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments::report {

namespace {

namespace fs = std::filesystem;

data::NpyArray read_array(const fs::path& file) {
  try {
    return data::read_npy(file.string(), data::default_max_bytes);
  } catch (const DataError& error) {
    throw IoError(error.what());
  }
}

}  // namespace

std::string draw_rows(const VariantRecord& variant, const RowPicture& picture,
                      ChartDrawer& drawer) {
  const fs::path kept = first_with(variant, picture.file);
  if (kept.empty()) return "";
  data::NpyArray array = read_array(kept);
  std::vector<std::int64_t>& shape = array.shape;
  if (shape.size() > 3 && shape.back() == 1) shape.pop_back();
  auto* values = std::get_if<std::vector<float>>(&array.values);
  if (values == nullptr || shape.size() != (picture.pairs ? 4 : 3)) return "";
  Tiles tiles{.title = fmt::format("{}: {}", variant.label, picture.title),
              .height = static_cast<std::size_t>(shape[shape.size() - 2]),
              .width = static_cast<std::size_t>(shape.back()),
              .values = std::move(*values),
              .scale = picture.scale,
              .remark = std::string(picture.remark)};
  if (picture.pairs) tiles.a_line = static_cast<std::size_t>(shape[1]);
  return drawer.draw_tiles(tiles);
}

}  // namespace lacuna::experiments::report
