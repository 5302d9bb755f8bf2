#include "kernels/emulation/warp_operation.hpp"

#include <fmt/format.h>

#include <string_view>

namespace lacuna::emulation {

namespace {

const char* operation_name(Operation operation) {
  switch (operation) {
    case Operation::syncthreads:
      return "__syncthreads";
    case Operation::syncwarp:
      return "__syncwarp";
    case Operation::shfl:
      return "__shfl_sync";
    case Operation::shfl_up:
      return "__shfl_up_sync";
    case Operation::shfl_down:
      return "__shfl_down_sync";
    case Operation::shfl_xor:
      return "__shfl_xor_sync";
    case Operation::ballot:
      return "__ballot_sync";
    case Operation::any:
      return "__any_sync";
    case Operation::all:
      return "__all_sync";
    case Operation::match_any:
      return "__match_any_sync";
  }
  return "unknown";
}

}  // namespace

bool same_place(const std::source_location& a, const std::source_location& b) {
  return a.line() == b.line() && a.column() == b.column() &&
         std::string_view(a.file_name()) == b.file_name();
}

std::string text(const Request& request) {
  const std::string_view path = request.site.file_name();
  std::string where = fmt::format("{} ({}:{})", operation_name(request.operation),
                                  path.substr(path.rfind('/') + 1), request.site.line());
  if (request.operation != Operation::syncthreads) {
    where += fmt::format(" with mask {:#010x}", request.mask);
  }
  return where;
}

}  // namespace lacuna::emulation
