#pragma once

#include <variant>

#include "runtime/data/tables/table_config.hpp"

namespace lacuna::experiments {

/// What the data of a task on tables may be.
using TableFamily = std::variant<data::TableSource, data::SyntheticTable>;

}  // namespace lacuna::experiments
