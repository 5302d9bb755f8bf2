#pragma once

#include <variant>

#include "runtime/data/images/image_config.hpp"
#include "runtime/data/tables/records_config.hpp"
#include "runtime/data/tables/table_config.hpp"

namespace lacuna::experiments {

/// What the data of a task on tables may be.
using TableFamily = std::variant<data::TableSource, data::SyntheticTable, data::SyntheticRecords>;

/// The same of a task on rows of any kind.
using RowFamily =
    std::variant<data::TableSource, data::SyntheticTable, data::SyntheticRecords, data::IdxSource,
                 data::AmatSource, data::NpySource, data::CifarSource>;

}  // namespace lacuna::experiments
