#pragma once

#include <optional>
#include <string_view>

namespace lacuna::data {

/// The moment that a field of a file names, as a number that ascends with time within one column: a
/// number as it stands (seconds, milliseconds, a year), or an ISO 8601 date or date and time
/// (2005-09-06, 2015-03-31T06:40:39Z, 2015-03-31 06:40:39.5) as seconds since 1970, its zone left
/// out of account. Nothing for everything else.
std::optional<double> parse_moment(std::string_view field);

}  // namespace lacuna::data
