#include "runtime/data/images/png_file.hpp"

#include <fmt/format.h>
#include <png.h>

#include <array>
#include <csetjmp>
#include <cstring>
#include <new>
#include <string_view>

#include "runtime/data/packed_text.hpp"
#include "runtime/error.hpp"

namespace lacuna::data {
namespace {

class PngReader {
 public:
  explicit PngReader(const FileBytes& file) : file_(file), rest_(file.bytes) {
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, &on_error, &on_warning);
    if (png_ != nullptr) info_ = png_create_info_struct(png_);
    if (info_ == nullptr) {
      png_destroy_read_struct(&png_, nullptr, nullptr);
      throw std::bad_alloc();
    }
    png_set_read_fn(png_, this, &on_read);
  }
  ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  PngImage read(std::uint64_t max_bytes) {
    if (!begins_as_png(file_)) fail("it does not begin as a PNG file");
    guarded([&] { png_read_info(png_, info_); });
    check_kind();
    PngImage image{.width = png_get_image_width(png_, info_),
                   .height = png_get_image_height(png_, info_),
                   .rgb = {}};
    const std::uint64_t row_bytes = 3 * static_cast<std::uint64_t>(image.width);
    const std::uint64_t bytes = row_bytes * static_cast<std::uint64_t>(image.height);
    check_unpacked(file_.path, bytes, file_.bytes.size(), max_bytes);
    image.rgb.resize(bytes);
    height_ = image.height;
    guarded([&] {
      for (; row_ < height_; ++row_) {
        png_read_row(png_, &image.rgb[static_cast<std::size_t>(row_) * row_bytes], nullptr);
      }
      png_read_end(png_, nullptr);
    });
    return image;
  }

 private:
  /// libpng's errors jump out of `call`, which must make nothing that has a destructor.
  template <class Call>
  void guarded(Call call) {
    if (setjmp(png_jmpbuf(png_)) == 0) {  // NOLINT: libpng knows no other way
      call();
    } else {
      fail(fault_.data());
    }
  }

  void check_kind() const {
    if (png_get_color_type(png_, info_) != PNG_COLOR_TYPE_RGB ||
        png_get_bit_depth(png_, info_) != 8) {
      fail("its colours are not RGB of 8 bits: save it so, without alpha and palette");
    }
    if (png_get_interlace_type(png_, info_) != PNG_INTERLACE_NONE) {
      fail("it is interlaced: save it without");
    }
  }

  static void on_error(png_structp png, png_const_charp what) {
    auto* self = static_cast<PngReader*>(png_get_error_ptr(png));
    std::strncpy(self->fault_.data(), what, self->fault_.size() - 1);
    png_longjmp(png, 1);
  }
  static void on_warning(png_structp, png_const_charp) {}

  static void on_read(png_structp png, png_bytep to, std::size_t size) {
    auto* self = static_cast<PngReader*>(png_get_io_ptr(png));
    if (size > self->rest_.size()) png_error(png, "the file ends early: fetch it again");
    std::memcpy(to, self->rest_.data(), size);
    self->rest_.remove_prefix(size);
  }

  [[noreturn]] void fail(std::string_view what) const {
    const std::string row = height_ == 0 ? "" : fmt::format("row {} of {}: ", row_, height_);
    throw DataError(
        fmt::format("{}: no PNG picture that is read here: {}{}", file_.path, row, what));
  }

  const FileBytes& file_;
  std::string_view rest_;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  std::array<char, 200> fault_{};
  std::int64_t row_ = 0;
  std::int64_t height_ = 0;  // known once pixels are read
};

}  // namespace

bool begins_as_png(const FileBytes& file) {
  return file.bytes.starts_with("\x89PNG\r\n\x1a\n");
}

PngImage parse_png(const FileBytes& file, std::uint64_t max_bytes) {
  return PngReader(file).read(max_bytes);
}

}  // namespace lacuna::data
