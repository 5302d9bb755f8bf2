#include "runtime/data/images/png_file.hpp"

#include <numeric>

#include "runtime/data/text_source.hpp"
#include "tests/runtime/data/data_fixture.hpp"
#include "tests/runtime/data/images/png_bytes.hpp"

namespace lacuna::data {
namespace {

using ::testing::HasSubstr;
using testing::png_bytes;

constexpr std::uint64_t most = std::uint64_t{1} << 20;

FileBytes file_of(std::string bytes) {
  return {.path = "x.png", .bytes = std::move(bytes), .checksum = {}};
}

std::string fault(std::string bytes, std::uint64_t max_bytes = most) {
  return message_of<DataError>([&] { parse_png(file_of(std::move(bytes)), max_bytes); });
}

std::vector<std::uint8_t> ramp(std::size_t size) {
  std::vector<std::uint8_t> values(size);
  std::iota(values.begin(), values.end(), std::uint8_t{0});
  return values;
}

/// Puts a chunk behind the header, which ends at byte 33.
std::string with_chunk(std::string bytes, const std::string& type, const std::string& content) {
  const auto big_endian = [](std::uint32_t n) {
    return std::string{static_cast<char>(n >> 24), static_cast<char>(n >> 16),
                       static_cast<char>(n >> 8), static_cast<char>(n)};
  };
  const std::string text = type + content;
  const auto crc = static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size())));
  return bytes.insert(
      33, big_endian(static_cast<std::uint32_t>(content.size())) + text + big_endian(crc));
}

TEST(PngFile, PixelsAreThoseThatWereWritten) {
  const auto pixels = ramp(3 * 5 * 4);
  const PngImage image = parse_png(file_of(png_bytes(5, 4, pixels)), most);
  EXPECT_EQ(image.width, 5);
  EXPECT_EQ(image.height, 4);
  EXPECT_EQ(image.rgb, pixels);
}

TEST(PngFile, AGammaInTheFileChangesNoPixel) {
  const auto pixels = ramp(3 * 5 * 4);
  // without the sRGB chunk that libpng writes: its type starts 4 bytes behind the header
  std::string bytes = png_bytes(5, 4, pixels);
  if (const std::size_t srgb = bytes.find("sRGB"); srgb != std::string::npos) {
    bytes.erase(srgb - 4, 13);
  }
  if (const std::size_t gama = bytes.find("gAMA"); gama != std::string::npos) {
    bytes.erase(gama - 4, 16);
  }
  bytes = with_chunk(bytes, "gAMA", std::string("\x00\x01\x86\xa0", 4));  // 1.0
  EXPECT_EQ(parse_png(file_of(bytes), most).rgb, pixels);
}

TEST(PngFile, OtherColoursAreRefused) {
  EXPECT_THAT(fault(png_bytes(2, 2, ramp(4), PNG_FORMAT_GRAY)), HasSubstr("RGB of 8 bits"));
  EXPECT_THAT(fault(png_bytes(2, 2, ramp(16), PNG_FORMAT_RGBA)), HasSubstr("RGB of 8 bits"));
}

TEST(PngFile, DamageIsSaidWithFileAndRow) {
  std::string noise(3 * 32 * 64, '\0');
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<char>(i * i * 31 >> 4);
  const std::string good = png_bytes(32, 64, {noise.begin(), noise.end()});
  EXPECT_THAT(fault(good.substr(0, good.size() / 2)),
              ::testing::AllOf(HasSubstr("x.png: "), HasSubstr(" of 64: "), HasSubstr("ends early"),
                               HasSubstr("fetch it again")));
  std::string flipped = good;
  flipped[good.size() / 2] = static_cast<char>(~flipped[good.size() / 2]);
  EXPECT_THAT(fault(flipped), HasSubstr("of 64: "));
  EXPECT_THAT(fault(good.substr(0, 20)), HasSubstr("ends early"));
  EXPECT_THAT(fault("GIF89a"), HasSubstr("does not begin as a PNG file"));
  EXPECT_THAT(fault(""), HasSubstr("does not begin as a PNG file"));
}

TEST(PngFile, AHugeSizeInItsHeaderTakesNoMemory) {
  EXPECT_THAT(fault(png_bytes(100, 100, ramp(30000)), 29999), HasSubstr("data.max_bytes"));
  std::string bomb = png_bytes(1000, 1, std::vector<std::uint8_t>(3000));
  bomb.replace(20, 4, std::string("\x00\x0f\x42\x40", 4));  // a height of a million
  const auto crc =
      static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(bomb.data() + 12), 17));
  for (std::size_t i = 0; i < 4; ++i) bomb[29 + i] = static_cast<char>(crc >> (24 - 8 * i));
  EXPECT_THAT(fault(bomb, default_max_bytes), HasSubstr("expands more than 1000:1"));
}

}  // namespace
}  // namespace lacuna::data
