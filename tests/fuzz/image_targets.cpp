#include <algorithm>
#include <functional>
#include <numeric>

#include "runtime/data/images/amat_file.hpp"
#include "runtime/data/images/cifar_file.hpp"
#include "runtime/data/images/idx_file.hpp"
#include "runtime/data/images/npy_file.hpp"
#include "runtime/data/images/png_file.hpp"
#include "tests/fuzz/families.hpp"

namespace lacuna::fuzz {

namespace {

std::size_t cells_of(const std::vector<std::int64_t>& shape) {
  return static_cast<std::size_t>(
      std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>()));
}

}  // namespace

void amat(Input input) {
  const InputFile file(input);
  const auto array = accepted([&] { return data::read_amat(file.path(), max_text); });
  if (!array) return;
  promise(array->values.size() == cells_of({array->rows, array->columns}),
          "each cell has its value");
  promise(std::ranges::all_of(array->values, [](std::uint8_t value) { return value <= 1; }),
          "each value is 0 or 1");
}

void cifar(Input input) {
  const InputFile file(input);
  const auto images = accepted([&] {
    data::CifarImages read;
    data::add_cifar_batch(data::read_bytes(file.path(), max_text), read);
    return read;
  });
  promise(!images || images->pixels.size() == 3072 * images->labels.size(),
          "each class has its image");
}

void idx(Input input) {
  const InputFile file(input);
  const auto array = accepted([&] { return data::read_idx(file.path(), max_text); });
  promise(!array || array->values.size() == cells_of(array->shape), "each cell has its byte");
}

void npy(Input input) {
  const InputFile file(input);
  const auto array = accepted([&] { return data::read_npy(file.path(), max_text); });
  if (!array) return;
  const std::size_t values = std::visit([](const auto& v) { return v.size(); }, array->values);
  promise(values == cells_of(array->shape), "each cell has its value");
}

void png(Input input) {
  const InputFile file(input);
  const auto image =
      accepted([&] { return data::parse_png(data::read_bytes(file.path(), max_text), max_text); });
  promise(!image || image->rgb.size() == cells_of({image->height, image->width, 3}),
          "each pixel has its colours");
}

}  // namespace lacuna::fuzz
