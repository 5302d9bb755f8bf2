#include "runtime/program/program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <stdexcept>

#include "kernels/dense/add.hpp"
#include "kernels/optim/commit.hpp"

namespace lacuna {

namespace {

Shape with_extent(std::int64_t first, const Shape& rest) {
  Shape shape{first};
  shape.insert(shape.end(), rest.begin(), rest.end());
  return shape;
}

}  // namespace

std::int64_t Variable::columns() const {
  const Shape& shape = node_->value.shape();
  if (node_->extent == Extent::whole) return shape.empty() ? 1 : shape.back();
  return element_count(Shape(shape.begin() + 1, shape.end()));
}

Tensor Variable::used() const {
  const std::int64_t size = with_dtype(node_->value.dtype(), [this]<class T>() {
    const auto* cells = node_->entries_of;
    if (cells == nullptr) return value<T>().size();
    return cells->view<T>().by_row.nnz * columns();
  });
  return node_->value.slice(0, {size});
}

std::vector<float> Variable::to_host() const {
  return used().to_host<float>();
}

Program::Program(DeviceContext& context, DType dtype, const Batch& batch, Gradients gradients)
    : context_(context),
      dtype_(dtype),
      batch_(batch),
      gradients_(gradients),
      sums_(Array<LossSum>::zeros(context.pool(), most_terms)) {}

Tensor Program::buffer(DType dtype, Shape shape) {
  Tensor tensor = Tensor::zeros(context_.pool(), dtype, std::move(shape));
  bytes_ += tensor.bytes().size();
  return tensor;
}

Tensor Program::buffer(Shape shape) {
  return buffer(dtype_, std::move(shape));
}

Tensor Program::constant(const std::vector<float>& values) {
  bytes_ += values.size() * dtype_size(dtype_);
  return Tensor::of(context_.pool(), dtype_, {static_cast<std::int64_t>(values.size())}, values);
}

Variable Program::make(VariableNode node, bool computed) {
  if (sealed_) throw std::logic_error("a program that is sealed records nothing more");
  node.owner = this;
  node.batch = &batch_;
  node.step = steps_.size();
  VariableNode& kept = variables_.emplace_back(std::move(node));
  if (computed) new_outputs_.push_back(&kept);
  return Variable(&kept);
}

Variable Program::rows(Shape per_row) {
  const Tensor value = buffer(with_extent(batch_.most_rows(), per_row));
  return make({.extent = Extent::rows, .value = value}, true);
}

Variable Program::entries(const SparseField& of, Shape per_entry) {
  const Tensor value = buffer(with_extent(of.most_entries, per_entry));
  return make({.extent = Extent::entries, .entries_of = &of, .value = value}, true);
}

Variable Program::whole(Shape shape) {
  return make({.extent = Extent::whole, .value = buffer(std::move(shape))}, true);
}

Variable Program::of(const Parameter& parameter) {
  const auto known = parameters_.find(&parameter);
  if (known != parameters_.end()) return Variable(known->second);
  const bool trained = trains() && std::ranges::find(frozen_, &parameter) == frozen_.end();
  const Variable variable = make({.value = parameter.value,
                                  .gradient = parameter.gradient,
                                  .parameter = &parameter,
                                  .differentiable = trained},
                                 false);
  parameters_[&parameter] = variable.node();
  return variable;
}

Variable Program::input(const Tensor& value, Extent extent) {
  return make({.extent = extent, .value = value}, false);
}

Variable Program::detached(const Variable& variable) {
  const VariableNode& node = *variable.node();
  return make({.extent = node.extent, .entries_of = node.entries_of, .value = node.value}, false);
}

void Program::freeze(std::span<Parameter* const> parameters) {
  for (const Parameter* parameter : parameters) {
    if (parameters_.contains(parameter)) {
      throw std::logic_error(parameter->name + " is to be frozen, but has been recorded already");
    }
    frozen_.push_back(parameter);
  }
}

GradientShare Program::share(const Variable& variable, Writing writing) {
  VariableNode* node = variable.node();
  ShareNode& share = shares_.emplace_back(ShareNode{
      .variable = node, .consumer = this, .step = steps_.size(), .writing = writing, .target = {}});
  new_shares_.push_back(&share);
  if (trains()) node->shares.push_back(&share);
  if (node->owner != this && trains()) read_from(*node->owner);
  return GradientShare(&share);
}

void Program::read_from(Program& owner) {
  if (std::ranges::find(upstream_, &owner) != upstream_.end()) return;
  if (owner.sealed_ || !owner.readers_.empty()) {
    throw std::logic_error(owner.sealed_
                               ? "a program that is sealed takes no gradient from another one"
                               : "gradients come to a program from one other program only");
  }
  upstream_.push_back(&owner);
  owner.readers_.push_back(this);
}

void Program::keep(std::string file, NamedTensor state, const Variable& proposal) {
  if (state.tensor.shape() != proposal.tensor().shape()) {
    throw std::logic_error(state.name + " is to be kept, and proposed in another shape");
  }
  kept_.push_back({std::move(file), std::move(state), proposal.tensor()});
}

void Program::commit(const Clock* clock) const {
  with_dtype(dtype_, [&]<class T>() {
    for (const Kept& kept : kept_) {
      lacuna::commit<T>(
          context_.exec(),
          {.from = kept.proposal.span<T>(), .to = kept.state.tensor.span<T>(), .clock = clock});
    }
  });
}

std::map<std::string, std::vector<NamedTensor>> Program::kept() const {
  std::map<std::string, std::vector<NamedTensor>> files;
  for (const Kept& kept : kept_) files[kept.file].push_back(kept.state);
  return files;
}

const LossTerm& Program::loss(std::string name, LossTerm settings) {
  if (std::ranges::find(terms_, name, &LossTerm::name) != terms_.end()) {
    throw std::logic_error(fmt::format("two terms of the loss are named '{}'", name));
  }
  if (terms_.size() == most_terms) {
    throw std::logic_error(fmt::format("'{}': a program has at most {} terms", name, most_terms));
  }
  settings.name = std::move(name);
  settings.sums = sums_.data() + terms_.size();
  return terms_.emplace_back(std::move(settings));
}

void Program::record(std::string_view op, Step forward, Step backward) {
  const bool differentiable = std::ranges::any_of(
      new_shares_, [](const ShareNode* share) { return share->variable->differentiable; });
  for (VariableNode* output : new_outputs_) output->differentiable = trains() && differentiable;
  steps_.push_back({.op = op,
                    .forward = std::move(forward),
                    .backward = std::move(backward),
                    .outputs = std::exchange(new_outputs_, {}),
                    .shares = std::exchange(new_shares_, {}),
                    .to_add = {},
                    .ready = {}});
}

void Program::lend(std::string name, const Variable& value) {
  lent_steps_ = std::max(lent_steps_, value.node()->step + 1);
  lent_.emplace(std::move(name), value);
}

Variable Program::borrowed(const std::string& name) {
  if (lender_ == nullptr) return {};
  const auto found = lender_->lent_.find(name);
  return found == lender_->lent_.end() ? Variable() : input(found->second.tensor());
}

void Program::advance() {
  seal();
  for (; next_ < lent_steps_; ++next_) steps_[next_].forward(context_.exec());
}

void Program::forward() {
  seal();
  for (; next_ < steps_.size(); ++next_) steps_[next_].forward(context_.exec());
  next_ = 0;
}

void Program::backward(GradientSync& sync) {
  for (const Recorded& step : steps_ | std::views::reverse) {
    if (!step.wanted) continue;
    if (step.backward) step.backward(context_.exec());
    for (const ShareNode* share : step.to_add) {
      with_dtype(dtype_, [&]<class T>() {
        const Tensor& sum = share->variable->gradient;
        add<T>(context_.exec(), {.x = share->target.span<T>(), .y = sum.data<T>()});
      });
    }
    for (const Parameter* parameter : step.ready) sync.ready(*parameter);
  }
  for (Program* upstream : upstream_) upstream->backward(sync);
}

std::vector<LossTerm> terms_of(std::initializer_list<const Program*> programs) {
  std::vector<LossTerm> terms;
  for (const Program* program : programs) {
    terms.insert(terms.end(), program->losses().begin(), program->losses().end());
  }
  return terms;
}

}  // namespace lacuna
