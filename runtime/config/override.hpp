#pragma once

#include <string_view>

#include "runtime/config/json.hpp"

namespace lacuna::config {

/// Applies "key.path=value". The value is read as JSON where it is JSON, else taken as a string, so
/// `model.hidden_units=1000`, `data.path=~/ratings` and `model={"type": "autorec"}` all work.
/// Objects on the way are created; what stands at the path is replaced as a whole. So to choose
/// another alternative by its "type", whose other keys differ, give the object, not the type alone.
/// Later errors name the assignment as the place. Throws ConfigError when the text is no assignment
/// or the path runs through a value that is not an object.
void apply_override(Json& root, std::string_view assignment);

/// The same for a value that has been read already, which keeps its place.
void apply_override(Json& root, std::string_view path, Json value);

}  // namespace lacuna::config
