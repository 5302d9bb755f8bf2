#include "kernels/core/cpu_kernel.hpp"
#include "kernels/core/partition.hpp"
#include "kernels/data/gather_elements.hpp"

namespace lacuna::cpu {

template <class T>
void compute(Here, const ExecContext& ctx, const GatherElements<T>& op) {
#pragma omp parallel for num_threads(team(ctx, op.rows)) schedule(static)
  for (std::int64_t r = 0; r < op.rows; ++r) {
    const std::int64_t source = op.batch.source(r);
    if (op.labels != nullptr) op.batch_labels[r] = op.labels[source];
    if (op.weights != nullptr) op.batch_weights[r] = op.weights[source];
  }
}

template struct Kernel<GatherElements>;

}  // namespace lacuna::cpu
