#pragma once

#include <string>
#include <string_view>

#include "experiments/report/chart.hpp"
#include "experiments/report/record.hpp"

namespace lacuna::experiments::report {

/// How an array of a run's folder is shown.
struct RowPicture {
  std::string_view file;  ///< [..., height, width]
  std::string_view title;
  std::string_view remark;
  Tiles::Scale scale = Tiles::Scale::unit;
  bool pairs = false;  ///< [2, rows, height, width]: the rows of each half side by side
};

/// Of the variant's first run that has the file; "" where none has, and where rows are no pictures.
std::string draw_rows(const VariantRecord& variant, const RowPicture& picture, ChartDrawer& drawer);

}  // namespace lacuna::experiments::report
