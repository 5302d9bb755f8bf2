#pragma once

namespace lacuna::testing {

/// Whether this build runs several times slower, for AddressSanitizer's sake.
#ifdef __SANITIZE_ADDRESS__
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

}  // namespace lacuna::testing
