#pragma once

#include <deque>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "runtime/checkpoint/tensor_file.hpp"
#include "runtime/device_context.hpp"
#include "runtime/memory/array.hpp"
#include "runtime/program/gradient_sync.hpp"
#include "runtime/program/loss_term.hpp"
#include "runtime/program/variable.hpp"

namespace lacuna {

/// Autograd by replay: a model's forward runs once and records its ops on buffers assigned then; a
/// training step replays the list forwards, and its vector-Jacobian products backwards. Values may
/// have any number of consumers: seal() decides who writes a gradient and who adds to it.
///
/// What is made and shared between two calls of record() belongs to the op of the second.
class Program {
 public:
  using Step = std::function<void(const ExecContext&)>;

  static constexpr std::size_t most_terms = 16;

  /// Of float32, or of float64 for checks. Refers to the batch.
  Program(DeviceContext& context, DType dtype, const Batch& batch,
          Gradients gradients = Gradients::yes);
  Program(const Program&) = delete;  // recorded steps refer to it
  Program& operator=(const Program&) = delete;

  DeviceContext& context() const { return context_; }
  DType dtype() const { return dtype_; }
  const Batch& batch() const { return batch_; }
  bool trains() const { return gradients_ == Gradients::yes; }
  bool has_losses() const { return gradients_ != Gradients::no; }

  /// Memory of the program, zeroed, for as long as it lives.
  Tensor buffer(Shape shape);
  Tensor buffer(DType dtype, Shape shape);

  /// A vector that stays.
  Tensor constant(const std::vector<float>& values);

  Variable rows(Shape per_row);  ///< [most rows, ...]
  Variable entries(const SparseField& of, Shape per_entry = {});
  Variable whole(Shape shape);
  /// A parameter as a value: tied and shared weights are consumers of one.
  Variable of(const Parameter& parameter);
  /// A value that stands in memory of somebody else and has no gradient; rows of the batch where
  /// `extent` says so.
  Variable input(const Tensor& value, Extent extent = Extent::rows);
  /// The same value, without a way back.
  Variable detached(const Variable& variable);
  /// Parameters that get no gradient from this program.
  void freeze(std::span<Parameter* const> parameters);

  /// A consumer's part of the gradient. `variable` may be of another program, which then goes on
  /// with this one's backward(). Throws std::logic_error where that program is sealed, or has
  /// another reader: its backward steps would run twice.
  GradientShare share(const Variable& variable, Writing writing = {});

  /// Sums over the rows of this process made those over all processes' rows, with gradient.
  Variable over_batch(const Variable& sums) { return sums; }

  /// Has commit() copy what a step proposes for a state that lives on from step to step, as chains
  /// and statistics do, to where it stands. `file` is the checkpoint's for it.
  void keep(std::string file, NamedTensor state, const Variable& proposal);
  /// Puts the copies on the stream; they change nothing where steps have stopped.
  void commit(const Clock* clock) const;
  /// Files of a checkpoint, and the states in them.
  std::map<std::string, std::vector<NamedTensor>> kept() const;

  /// A term of the loss. Throws std::logic_error for a name given twice or too many of them.
  const LossTerm& loss(std::string name, LossTerm settings = {});
  const std::deque<LossTerm>& losses() const { return terms_; }
  /// Of the last forward(), term by term [losses].
  const Array<LossSum>& loss_sums() const { return sums_; }

  /// Names a value that follows from rows and weights alone: while neither changes, others may read
  /// it, and the next forward() need not compute it again.
  void lend(std::string name, const Variable& value);
  /// Computes what is lent; the next forward() begins behind it.
  void advance();
  /// The next forward() begins at the beginning: rows or weights are others now.
  void fall_back() { next_ = 0; }
  bool lends() const { return !lent_.empty(); }
  /// Has borrowed() find what `lender`, which outlives this program, lends; it must advance()
  /// before each forward() of this one.
  void borrow_from(const Program& lender) { lender_ = &lender; }
  /// The lender's value of this name; undefined: there is none.
  Variable borrowed(const std::string& name);

  /// Appends an op to the list and executes nothing: forward() does that, again and again.
  /// `backward` reads the gradients of what it computed and writes its shares; it
  /// is left out where none is wanted. An op that computes no variable is a loss: what nothing but
  /// other ops' variables depend on gets no gradient unless one of those leads to a loss.
  void record(std::string_view op, Step forward, Step backward = nullptr);

  /// Ends recording: who needs gradients, who writes first and who adds, which of them share
  /// memory because they are never alive together. Called by the first forward().
  void seal();

  void forward();
  /// Ends with those of programs whose variables this one has read.
  void backward(GradientSync& sync);

  /// Bytes of values, gradients and buffers.
  std::size_t bytes() const { return bytes_; }

 private:
  struct Recorded {
    std::string_view op;
    Step forward;
    Step backward;
    std::vector<VariableNode*> outputs;
    std::vector<ShareNode*> shares;
    std::vector<ShareNode*> to_add;       ///< after backward: their targets are scratch
    std::vector<const Parameter*> ready;  ///< after backward
    bool wanted = false;                  ///< a share of it is
  };
  struct Lifetime;  // of memory that a gradient takes

  Variable make(VariableNode node, bool computed);
  void read_from(Program& owner);
  void mark_live();
  void plan_gradients();
  std::vector<Lifetime> plan_shares(VariableNode& variable);
  void place(std::vector<Lifetime> lifetimes);
  std::int64_t time(const ShareNode& share) const;

  DeviceContext& context_;
  DType dtype_;
  const Batch& batch_;
  Gradients gradients_;
  bool sealed_ = false;
  std::size_t bytes_ = 0;
  std::vector<Recorded> steps_;
  std::vector<VariableNode*> new_outputs_;  // of the op to come
  std::vector<ShareNode*> new_shares_;
  std::deque<VariableNode> variables_;
  std::deque<ShareNode> shares_;
  std::map<const Parameter*, VariableNode*> parameters_;
  std::vector<const Parameter*> frozen_;
  std::vector<Program*> upstream_;  // whose variables are read
  std::vector<Program*> readers_;   // of variables of this one
  struct Kept {
    std::string file;
    NamedTensor state;
    Tensor proposal;
  };
  std::vector<Kept> kept_;
  std::map<std::string, Variable> lent_;
  std::size_t lent_steps_ = 0;  // that compute them
  std::size_t next_ = 0;        // step of a forward()
  const Program* lender_ = nullptr;
  std::deque<LossTerm> terms_;
  Array<LossSum> sums_;
};

/// The terms of several programs' losses, one after the other.
std::vector<LossTerm> terms_of(std::initializer_list<const Program*> programs);

}  // namespace lacuna
