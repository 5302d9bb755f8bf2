#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// The build folder this test program came from.
namespace lacuna::build {

std::filesystem::path folder();

/// Of the kernels compiled for GPUs, and of the same sources compiled for the emulated device;
/// empty where the build has none.
std::vector<std::filesystem::path> cuda_objects();
std::vector<std::filesystem::path> emulated_objects();

/// The CUDA toolkit's folder, links resolved; empty without one.
std::filesystem::path toolkit();

/// The program that built, with options that make it read the build folder.
std::string ninja();

/// What a shell command prints; a failure of it is one of the test.
std::string output_of(const std::string& command);

/// The same with `paths` as its last arguments.
std::string output_of(const std::string& command, const std::vector<std::filesystem::path>& paths);

}  // namespace lacuna::build
