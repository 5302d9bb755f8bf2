#include "runtime/tensor/readback.hpp"

namespace lacuna {

Readback::Readback(DeviceRuntime& runtime, std::size_t most_bytes)
    : memory_(runtime.make_readback(most_bytes)) {}

void Readback::fetch(const Tensor& tensor) {
  dtype_ = tensor.dtype();
  size_ = tensor.size();
  memory_->fetch(tensor.bytes().data(), tensor.bytes().size());
}

void Readback::append_to(std::vector<float>& values) {
  const std::byte* fetched = memory_->wait();
  with_dtype(dtype_, [&]<class T>() {
    const T* first = reinterpret_cast<const T*>(fetched);
    values.insert(values.end(), first, first + size_);
  });
}

}  // namespace lacuna
