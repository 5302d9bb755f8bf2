#include "kernels/core/op.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "kernels/core/device_runtime.hpp"
#include "kernels/ops.hpp"

namespace lacuna {
namespace {

using ::testing::HasSubstr;

template <class Visit, template <class> class... Op>
void for_each_op(OpList<Op...>, const Visit& visit) {
  (visit.template operator()<Op>(), ...);
}

TEST(Ops, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for_each_op(Ops(), [&]<template <class> class Op>() { names.insert(Op<float>::name); });
  EXPECT_EQ(names.size(), Ops::size);
}

TEST(Ops, OfDoubleAreRefusedByDevicesByName) {
  for_each_op(Ops(), []<template <class> class Op>() {
    try {
      dispatch(ExecContext{.device = Device::emulated}, Op<double>());
      FAIL() << Op<double>::name;
    } catch (const UnsupportedDevice& error) {
      EXPECT_THAT(error.what(), HasSubstr(std::string(Op<double>::name) + " has no kernel"));
    }
  });
}

TEST(Ops, ThatABuildHasNoKernelOfSaySo) {
  if (!cuda::report().toolkit.empty()) GTEST_SKIP() << "built with the CUDA toolkit";
  for_each_op(Ops(), []<template <class> class Op>() {
    try {
      dispatch(ExecContext{.device = Device::cuda}, Op<float>());
      FAIL() << Op<float>::name;
    } catch (const DeviceError& error) {
      EXPECT_EQ(error.what(),
                std::string(Op<float>::name) + ": this build was made without the CUDA toolkit");
    }
  });
}

}  // namespace
}  // namespace lacuna
