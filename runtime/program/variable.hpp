#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "runtime/layers/parameter.hpp"
#include "runtime/program/batch.hpp"

namespace lacuna {

class Program;

/// When an op writes the gradient of what it reads: with the other vector-Jacobian products, or
/// while it goes forward, as fused losses do.
enum class WrittenIn { forward, backward };

/// How an op writes its part of a gradient.
struct Writing {
  WrittenIn in = WrittenIn::backward;
  bool can_add = false;  ///< to what stands there
  bool always = false;   ///< also where nobody needs it: it gets memory of its own then
};

/// What of a value is in use: the batch's rows; the batch's entries, at the front of memory for the
/// most that a batch can have, whose number the device knows; all of it.
enum class Extent { rows, entries, whole };

struct VariableNode;

/// One consumer's part of a variable's gradient.
struct ShareNode {
  VariableNode* variable = nullptr;
  Program* consumer = nullptr;
  std::size_t step = 0;  ///< of the consumer
  Writing writing;
  bool wanted = false;
  bool adds = false;
  Tensor target = {};
};

/// What a program knows of a value. Only Program writes it.
struct VariableNode {
  Program* owner = nullptr;
  const Batch* batch = nullptr;
  Extent extent = Extent::whole;
  const SparseField* entries_of = nullptr;
  Tensor value;
  Tensor gradient = {};  ///< undefined where nobody needs it
  const Parameter* parameter = nullptr;
  std::size_t step = 0;         ///< that computes it
  bool differentiable = false;  ///< something trained leads to it
  bool live = false;            ///< it leads to a loss
  std::vector<ShareNode*> shares = {};

  template <class T>
  MatrixView<T> in_use(const Tensor& tensor) const {
    if (extent != Extent::rows) return tensor.matrix<T>();
    const std::int64_t columns = tensor.size() / std::max<std::int64_t>(batch->most_rows(), 1);
    return {tensor.data<T>(), batch->rows, columns};
  }
};

/// A value that a program computes, a parameter, or an input, and the gradient of the loss in it.
/// A handle: copies mean the same; it lives as long as its program.
class Variable {
 public:
  Variable() = default;
  explicit Variable(VariableNode* node) : node_(node) {}

  bool defined() const { return node_ != nullptr; }
  const Tensor& tensor() const { return node_->value; }
  /// Elements of a row, of an entry, or of the last extent.
  std::int64_t columns() const;

  /// The rows in use, or all there is.
  template <class T>
  MatrixView<T> value() const {
    return node_->in_use<T>(node_->value);
  }
  /// Read, and written over, by the backward step of the op that computes the value; after seal().
  template <class T>
  MatrixView<T> gradient() const {
    return node_->in_use<T>(node_->gradient);
  }
  /// Whether a loss depends on it; after seal().
  bool has_gradient() const { return node_->gradient.defined(); }

  /// The rows or entries in use, as a vector.
  Tensor used() const;
  /// The same, rounded to float; waits for the device.
  std::vector<float> to_host() const;

  VariableNode* node() const { return node_; }

 private:
  VariableNode* node_ = nullptr;
};

/// Where a consumer writes its part of a variable's gradient; what it says holds after seal().
class GradientShare {
 public:
  GradientShare() = default;
  explicit GradientShare(const ShareNode* node) : node_(node) {}

  /// False: nobody needs it, and there is no place for it unless the op always writes.
  bool wanted() const { return node_ != nullptr && node_->wanted; }
  /// Whether it is to be added to what stands there; only for ops that said they can.
  bool adds() const { return node_->adds; }

  /// Without data where there is no place.
  template <class T>
  MatrixView<T> view() const {
    if (!node_->target.defined()) return {};
    return node_->variable->in_use<T>(node_->target);
  }
  /// The same, or nullptr where there is no place.
  template <class T>
  T* data() const {
    return node_ != nullptr && node_->target.defined() ? node_->target.data<T>() : nullptr;
  }

 private:
  const ShareNode* node_ = nullptr;
};

}  // namespace lacuna
