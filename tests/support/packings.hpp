#pragma once

#include <bzlib.h>
#include <gtest/gtest.h>
#include <lzma.h>
#include <zip.h>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "tests/support/temporary_folder.hpp"

/// Texts as the programs that pack them leave them.
namespace lacuna::testing {

inline std::string gzip(const std::string& text) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder / "a.gz";
  const gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  return read_file(path);
}

inline std::string bzip2(const std::string& text) {
  std::string packed(text.size() + text.size() / 100 + 700, '\0');
  auto size = static_cast<unsigned>(packed.size());
  EXPECT_EQ(BZ2_bzBuffToBuffCompress(packed.data(), &size, const_cast<char*>(text.data()),
                                     static_cast<unsigned>(text.size()), 1, 0, 0),
            BZ_OK);
  packed.resize(size);
  return packed;
}

inline std::string xz(const std::string& text) {
  std::string packed(text.size() + 1000, '\0');
  std::size_t size = 0;
  EXPECT_EQ(lzma_easy_buffer_encode(
                1, LZMA_CHECK_CRC64, nullptr, reinterpret_cast<const std::uint8_t*>(text.data()),
                text.size(), reinterpret_cast<std::uint8_t*>(packed.data()), &size, packed.size()),
            LZMA_OK);
  packed.resize(size);
  return packed;
}

inline std::string zstd(const std::string& text) {
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                     ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(
      ZSTD_compress2(context.get(), packed.data(), packed.size(), text.data(), text.size()));
  return packed;
}

/// Texts by their names.
inline std::string zip(const std::map<std::string, std::string>& members) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder / "a.zip";
  int error = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  for (const auto& [member, text] : members) {
    zip_file_add(archive, member.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0),
                 ZIP_FL_ENC_UTF_8);
  }
  EXPECT_EQ(zip_close(archive), 0);
  return read_file(path);
}

struct Packer {
  const char* name;  ///< the ending of what it packs
  std::string (*pack)(const std::string&);

  friend void PrintTo(const Packer& packer, std::ostream* out) { *out << packer.name; }
};

inline constexpr std::array packers{Packer{"gz", gzip}, Packer{"bz2", bzip2}, Packer{"xz", xz},
                                    Packer{"zst", zstd}, Packer{"zip", [](const std::string& text) {
                                                                  return zip({{"only.csv", text}});
                                                                }}};

inline std::string packer_name(const ::testing::TestParamInfo<Packer>& test) {
  return test.param.name;
}

}  // namespace lacuna::testing
