#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lacuna {

/// Where to look for one of NVIDIA's libraries, "libcublasLt.so.13" say, in order: the dynamic
/// linker's own places (the bare name), the toolkit's folder by CUDA_HOME, CUDA_PATH and where it
/// is by default, and, of those that exist, Python's nvidia packages: in the folders of PYTHONPATH,
/// in the environment at work (VIRTUAL_ENV, CONDA_PREFIX), the user's and the system's. `package`:
/// how packages before CUDA 13, and those of other products, name their folder ("cublas", "cudnn").
std::vector<std::string> library_places(const std::string& file, std::string_view package);

}  // namespace lacuna
