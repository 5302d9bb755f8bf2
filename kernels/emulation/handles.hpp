#pragma once

#include <memory>
#include <unordered_map>
#include <utility>

namespace lacuna::emulation {

/// Objects that handles name: a handle is looked up, never trusted.
template <class T>
class Handles {
 public:
  T* add(T object) {
    auto owned = std::make_unique<T>(std::move(object));
    T* handle = owned.get();
    objects_.emplace(handle, std::move(owned));
    return handle;
  }
  bool know(const T* handle) const { return objects_.contains(handle); }
  bool remove(const T* handle) { return objects_.erase(handle) > 0; }
  const auto& all() const { return objects_; }

 private:
  std::unordered_map<const T*, std::unique_ptr<T>> objects_;
};

}  // namespace lacuna::emulation
