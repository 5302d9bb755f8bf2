#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/core/device_runtime.hpp"
#include "kernels/core/view.hpp"

namespace lacuna {

/// A case's arrays on the device it runs on: each host array has a copy there, matrices with more
/// elements between their rows where a case asks for it.
class CaseMemory {
 public:
  explicit CaseMemory(DeviceRuntime& runtime) : runtime_(runtime) {}
  ~CaseMemory();
  CaseMemory(const CaseMemory&) = delete;
  CaseMemory& operator=(const CaseMemory&) = delete;

  /// The device's copy of `host`, whose elements must stay where they are. A const array is not
  /// copied back.
  template <class T>
  T* array(std::vector<T>& host) {
    return static_cast<T*>(add(host.data(), 1, host.size() * sizeof(T), 0, true));
  }
  template <class T>
  const T* array(const std::vector<T>& host) {
    return static_cast<const T*>(
        add(const_cast<T*>(host.data()), 1, host.size() * sizeof(T), 0, false));
  }

  /// The same as a matrix with `padding` elements between its rows.
  template <class T>
  MatrixView<T> matrix(std::vector<T>& host, std::int64_t rows, std::int64_t cols,
                       std::int64_t padding = 0) {
    const auto bytes = static_cast<std::size_t>(cols) * sizeof(T);
    const auto gap = static_cast<std::size_t>(padding) * sizeof(T);
    void* data = add(host.data(), static_cast<std::size_t>(rows), bytes, gap, true);
    return {static_cast<T*>(data), rows, cols, cols + padding};
  }

  std::size_t bytes() const;  ///< on the device

  void to_device();
  void to_host();

  /// Whether a kernel wrote between the rows of a matrix; known after to_host().
  bool padding_was_written() const { return padding_was_written_; }

 private:
  struct Copy {
    std::byte* host;
    std::byte* device;
    std::size_t rows;
    std::size_t row_bytes;
    std::size_t gap;
    bool returns;
    std::size_t bytes() const { return rows * (row_bytes + gap); }
  };

  void* add(void* host, std::size_t rows, std::size_t row_bytes, std::size_t gap, bool returns);

  DeviceRuntime& runtime_;
  std::vector<Copy> copies_;
  bool padding_was_written_ = false;
};

}  // namespace lacuna
