#pragma once

#include <string>
#include <string_view>

namespace lacuna::io {

/// Text that a terminal only shows: UTF-8 stays, a control character or a byte that is no UTF-8
/// becomes \t, \n, \r or \x1b, unless it is one of `kept`.
std::string visible(std::string_view text, std::string_view kept = {});

}  // namespace lacuna::io
