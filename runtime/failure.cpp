#include "runtime/failure.hpp"

#include <fmt/format.h>

#include <new>
#include <stdexcept>
#include <system_error>

#include "kernels/core/device_runtime.hpp"

namespace lacuna {

namespace {

Failure out_of_memory() {
  return {ExitCode::internal,
          "out of memory on the host or the device; try fewer hidden units, less data or "
          "train.batch_size"};
}

}  // namespace

Failure failure_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const Error& told) {
    return {told.code(), told.what()};
  } catch (const std::system_error& of_files) {
    return {ExitCode::io, of_files.what()};
  } catch (const std::bad_alloc&) {
    return out_of_memory();
  } catch (const std::length_error&) {  // more than any memory holds
    return out_of_memory();
  } catch (const DeviceUnavailable& device) {
    return {ExitCode::usage, device.what()};
  } catch (const DeviceError& device) {
    return {ExitCode::internal, device.what()};
  } catch (const std::exception& other) {
    return {ExitCode::internal, fmt::format("internal error: {}", other.what())};
  }
}

}  // namespace lacuna
