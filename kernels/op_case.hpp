#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/case_memory.hpp"
#include "kernels/core/exec_context.hpp"

/// One op as tests and benchmarks see it. A single list of cases (cases.cpp) serves parity,
/// gradients, determinism and performance.
namespace lacuna {

/// Where a sparse pattern may have entries.
enum class EntryPlace { everywhere, middle_row, middle_column };

/// The size of a case; what an op does not know it ignores.
struct CaseShape {
  std::int64_t rows = 0;
  std::int64_t cols = 0;
  std::int64_t units = 0;
  double missing = 0;        ///< share of the cells that are not observed
  int mode = 0;              ///< op's own: its case names them, or says what it counts
  std::int64_t padding = 0;  ///< elements between the rows of dense matrices
  EntryPlace entries = EntryPlace::everywhere;
};
std::string to_string(const CaseShape& shape);

template <class T>
struct CaseBuffer {
  std::string name;
  std::vector<T> data;
  std::int64_t reduction_length = 0;  ///< of an output; 0: that of the instance
};

/// The op set up on its own buffers, which have copies on the device. The closures refer to the
/// buffers' memory: move it, do not copy it.
template <class T>
struct CaseInstance {
  std::vector<CaseBuffer<T>> inputs;
  std::vector<CaseBuffer<T>> outputs;
  std::vector<CaseBuffer<T>> cotangents;  ///< of the outputs, given; empty: the op has no gradient
  std::vector<CaseBuffer<T>> gradients;   ///< of the inputs, written by `backward`

  std::shared_ptr<CaseMemory> memory;
  /// On the device's copies.
  std::function<void(const ExecContext&)> forward;
  std::function<void(const ExecContext&)> backward;
  /// Makes outputs of what came back in other types; empty: nothing did.
  std::function<void()> collect;
  /// The outputs by plain loops in double.
  std::function<std::vector<std::vector<double>>()> reference;
  /// The outputs by simpler kernels of ours; empty for a kernel that is itself plain.
  std::function<std::vector<std::vector<T>>(const ExecContext&)> composed;

  bool perturb_zeros = true;          ///< false: zero inputs stay, since the op counts them
  std::int64_t reduction_length = 1;  ///< most terms summed into one output: sets the tolerance
  double bytes = 0;                   ///< moved by the forward call, by formula
  double operations = 0;              ///< floating-point operations of the forward call, by formula

  /// One pass with everything that surrounds it: inputs to the device, results back.
  void run(const ExecContext& ctx, bool with_backward = false) {
    memory->to_device();
    forward(ctx);
    if (with_backward && backward) backward(ctx);
    memory->to_host();
    if (collect) collect();
  }

  explicit CaseInstance(DeviceRuntime& runtime) : memory(std::make_shared<CaseMemory>(runtime)) {}
  CaseInstance(CaseInstance&&) = default;
  CaseInstance& operator=(CaseInstance&&) = default;
  CaseInstance(const CaseInstance&) = delete;
  CaseInstance& operator=(const CaseInstance&) = delete;
};

struct OpCase {
  std::string_view name;
  std::vector<CaseShape> test_shapes;
  std::vector<CaseShape> bench_shapes;
  CaseInstance<float> (*make_float)(const CaseShape&, std::uint64_t seed, DeviceRuntime&);
  CaseInstance<double> (*make_double)(const CaseShape&, std::uint64_t seed, DeviceRuntime&);
};

/// Every op, in the order of the folders.
std::vector<OpCase> op_cases();

}  // namespace lacuna
