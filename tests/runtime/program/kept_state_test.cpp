#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/program/program.hpp"
#include "runtime/train/training_clock.hpp"
#include "tests/support/context.hpp"

namespace lacuna {
namespace {

using ::testing::Each;

class KeptState : public ::testing::Test {
 protected:
  Tensor numbers(float value) {
    return Tensor::of(context_.pool(), DType::f32, {2, 3}, std::vector<float>(6, value));
  }

  DeviceContext context_ = testing::cpu_context();
  Batch batch_{2};
  Program program_{context_, DType::f32, batch_};
  TrainingClock clock_{context_.pool(), 1};
  Tensor state_ = numbers(1);
};

TEST_F(KeptState, IsWhatAStepProposesUnlessStepsHaveStopped) {
  const Tensor proposal = numbers(2);
  program_.keep("chains", {"visible", state_}, program_.input(proposal, Extent::whole));
  program_.commit(clock_.data());
  EXPECT_THAT(state_.to_host<float>(), Each(2));
  const std::vector<float> next(6, 3);
  proposal.assign(std::as_bytes(std::span(next)));
  clock_.data()->stopped = stopped_by_loss;
  program_.commit(clock_.data());
  EXPECT_THAT(state_.to_host<float>(), Each(2)) << "the proposal of a step that was not taken";
  const auto files = program_.kept();
  EXPECT_EQ(files.at("chains").at(0).name, "visible");
  EXPECT_EQ(files.at("chains").at(0).tensor.data<float>(), state_.data<float>());
}

TEST_F(KeptState, OfAnotherShapeIsRefused) {
  const Variable proposal = program_.input(
      Tensor::of(context_.pool(), DType::f32, {3, 2}, std::vector<float>(6)), Extent::whole);
  EXPECT_THROW(program_.keep("chains", {"visible", state_}, proposal), std::logic_error);
}

}  // namespace
}  // namespace lacuna
