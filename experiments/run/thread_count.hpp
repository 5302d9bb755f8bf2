#pragma once

#include "runtime/system/cpu.hpp"

namespace lacuna::experiments {

/// 0 means all threads that this process may use.
inline int thread_count(int wanted) {
  return wanted > 0 ? wanted : system::usable_threads();
}

}  // namespace lacuna::experiments
