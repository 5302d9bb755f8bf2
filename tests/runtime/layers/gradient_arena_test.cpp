#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/layers/parameter.hpp"
#include "tests/support/context.hpp"

namespace lacuna {
namespace {

TEST(GradientArena, GivesEachParameterZerosAtAnOffsetOf64Bytes) {
  DeviceContext context = testing::cpu_context();
  for (const DType dtype : {DType::f32, DType::f64}) {
    const std::int64_t line = 64 / static_cast<std::int64_t>(dtype_size(dtype));
    std::vector<Parameter> parameters;
    for (const std::int64_t size : {line + 1, std::int64_t{1}, line, std::int64_t{0}}) {
      parameters.push_back(make_parameter(context, dtype, "p", ParameterKind::weight, {size, 1}));
    }
    std::vector<Parameter*> pointers;
    for (Parameter& parameter : parameters) pointers.push_back(&parameter);
    const GradientArena arena(context, pointers);
    EXPECT_EQ(arena.memory().size(), 4 * line) << "2 lines, 1, 1 and none";
    EXPECT_THAT(arena.memory().to_host<double>(), ::testing::Each(0.0));
    std::int64_t offset = 0;
    for (const Parameter& parameter : parameters) {
      EXPECT_EQ(parameter.gradient.shape(), parameter.value.shape());
      EXPECT_EQ(parameter.gradient.bytes().data(), arena.memory().bytes().data() + offset);
      offset += 64 * ((parameter.value.size() + line - 1) / line);
    }
  }
}

TEST(GradientArena, GradientsOutliveIt) {
  DeviceContext context = testing::cpu_context();
  Parameter parameter = make_parameter(context, DType::f32, "p", ParameterKind::bias, {3});
  { const GradientArena arena(context, {&parameter}); }
  parameter.gradient.span<float>()[2] = 5;
  EXPECT_THAT(parameter.gradient.to_host<float>(), ::testing::ElementsAre(0, 0, 5));
}

TEST(GradientArena, OfNothingIsEmpty) {
  DeviceContext context = testing::cpu_context();
  EXPECT_FALSE(GradientArena(context, {}).memory().defined());
}

}  // namespace
}  // namespace lacuna
