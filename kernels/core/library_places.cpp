#include "kernels/core/library_places.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace lacuna {

namespace {

namespace fs = std::filesystem;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// The folders of Python's packages below `prefix`, whatever its version, by name.
std::vector<fs::path> package_folders(const fs::path& prefix) {
  std::vector<fs::path> folders;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(prefix / "lib", problem)) {
    if (!entry.path().filename().string().starts_with("python3")) continue;
    folders.push_back(entry.path() / "site-packages");
    folders.push_back(entry.path() / "dist-packages");
  }
  std::ranges::sort(folders);
  return folders;
}

std::vector<fs::path> package_folders() {
  std::vector<fs::path> folders;
  std::string rest = variable("PYTHONPATH");
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    if (end > 0) folders.emplace_back(rest.substr(0, end));
    rest.erase(0, end + 1);
  }
  const std::string home = variable("HOME");
  for (const std::string& prefix :
       {variable("VIRTUAL_ENV"), variable("CONDA_PREFIX"), home.empty() ? home : home + "/.local",
        std::string("/usr/local"), std::string("/usr")}) {
    if (prefix.empty()) continue;
    const std::vector<fs::path> found = package_folders(prefix);
    folders.insert(folders.end(), found.begin(), found.end());
  }
  return folders;
}

/// "libcublasLt.so.13": "cu13", the folder that packages for CUDA 13 share.
std::string shared_folder(std::string_view file) {
  return "cu" + std::string(file.substr(file.rfind('.') + 1));
}

}  // namespace

std::vector<std::string> library_places(const std::string& file, std::string_view package) {
  std::vector<std::string> places{file};
  for (const char* name : {"CUDA_HOME", "CUDA_PATH"}) {
    if (const std::string home = variable(name); !home.empty()) {
      places.push_back(home + "/lib64/" + file);
    }
  }
  places.push_back("/usr/local/cuda/lib64/" + file);
  for (const fs::path& folder : package_folders()) {
    for (const std::string& own : {shared_folder(file), std::string(package)}) {
      const fs::path place = folder / "nvidia" / own / "lib" / file;
      std::error_code problem;
      if (fs::exists(place, problem)) places.push_back(place.string());
    }
  }
  return places;
}

}  // namespace lacuna
