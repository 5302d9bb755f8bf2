#pragma once

#include <span>
#include <string_view>

#include "runtime/config/json.hpp"

namespace lacuna::config {

/// Applies "key.path=value". The value is read as JSON where it is JSON, else taken as a string, so
/// `model.hidden_units=1000`, `data.path=~/ratings` and `model={"type": "autorec"}` all work; where
/// parse() expects a text, `name=1e5` is that text, too. Objects on the way are created, and
/// parse() takes such a one without a "type" for the alternative that is the default, if there is
/// one; what stands at the path is replaced as a whole. So to choose another alternative by its
/// "type", whose other keys differ, give the object, not the type alone. Later errors name the
/// assignment as the place. Throws ConfigError when the text is no assignment or the path runs
/// through a value that is not an object.
void apply_override(Json& root, std::string_view assignment);

/// The same for a value that has been read already, which keeps its place.
void apply_override(Json& root, std::string_view path, Json value);

/// What stands at "key.path", or at "key.0.path" within the first element of an array; or nullptr.
const Json* find_at(const Json& root, std::string_view path);

/// Throws ConfigError "place: rule", with a suggestion, for a path that leads into none of `parts`
/// of `root` or has a dot too many, too few or in the wrong place. `root` holds all keys that are
/// suggested; other faults of the names are for parse() to find.
void check_path(std::string_view path, const Place& place, const Json& root,
                std::span<const std::string_view> parts, std::string_view rule);

}  // namespace lacuna::config
