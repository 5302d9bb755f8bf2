#include "runtime/data/packed_stream.hpp"

#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <limits>
#include <new>

namespace lacuna::data {
namespace {

/// zlib and bzip2 count in unsigned ints.
unsigned limited(std::size_t size) {
  return static_cast<unsigned>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
}

class GzipDecoder final : public Decoder {
 public:
  GzipDecoder() {
    constexpr int gzip_only = 16 + MAX_WBITS;
    if (inflateInit2(&stream_, gzip_only) != Z_OK) throw std::bad_alloc();
  }
  GzipDecoder(const GzipDecoder&) = delete;
  GzipDecoder& operator=(const GzipDecoder&) = delete;
  ~GzipDecoder() override { inflateEnd(&stream_); }

  Decoded decode(std::string_view packed, char* to, std::size_t size) override {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = limited(packed.size());
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = limited(size);
    const uInt in = stream_.avail_in;
    const uInt out = stream_.avail_out;
    const int status = inflate(&stream_, Z_NO_FLUSH);
    Decoded step{in - stream_.avail_in, out - stream_.avail_out, status == Z_STREAM_END};
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      step.fault = stream_.msg != nullptr ? stream_.msg : "no gzip data";
    }
    return step;
  }
  void restart() override { inflateReset(&stream_); }
  bool starts_stream(std::string_view packed) const override { return packed.front() == '\x1f'; }

 private:
  z_stream stream_{};
};

class Bzip2Decoder final : public Decoder {
 public:
  Bzip2Decoder() { begin(); }
  Bzip2Decoder(const Bzip2Decoder&) = delete;
  Bzip2Decoder& operator=(const Bzip2Decoder&) = delete;
  ~Bzip2Decoder() override { BZ2_bzDecompressEnd(&stream_); }

  Decoded decode(std::string_view packed, char* to, std::size_t size) override {
    stream_.next_in = const_cast<char*>(packed.data());
    stream_.avail_in = limited(packed.size());
    stream_.next_out = to;
    stream_.avail_out = limited(size);
    const unsigned in = stream_.avail_in;
    const unsigned out = stream_.avail_out;
    const int status = BZ2_bzDecompress(&stream_);
    Decoded step{in - stream_.avail_in, out - stream_.avail_out, status == BZ_STREAM_END};
    if (status == BZ_DATA_ERROR) step.fault = "its checksum does not fit";
    if (status < 0 && step.fault == nullptr) step.fault = "no bzip2 data";
    return step;
  }
  void restart() override {
    BZ2_bzDecompressEnd(&stream_);
    begin();
  }
  bool starts_stream(std::string_view packed) const override { return packed.front() == 'B'; }

 private:
  void begin() {
    stream_ = {};
    if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) throw std::bad_alloc();
  }

  bz_stream stream_{};
};

class XzDecoder final : public Decoder {
 public:
  XzDecoder() { begin(); }
  XzDecoder(const XzDecoder&) = delete;
  XzDecoder& operator=(const XzDecoder&) = delete;
  ~XzDecoder() override { lzma_end(&stream_); }

  Decoded decode(std::string_view packed, char* to, std::size_t size) override {
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(packed.data());
    stream_.avail_in = packed.size();
    stream_.next_out = reinterpret_cast<std::uint8_t*>(to);
    stream_.avail_out = size;
    const lzma_ret status = lzma_code(&stream_, packed.empty() ? LZMA_FINISH : LZMA_RUN);
    Decoded step{packed.size() - stream_.avail_in, size - stream_.avail_out,
                 status == LZMA_STREAM_END};
    if (status == LZMA_MEMLIMIT_ERROR) {
      step.unpack = "xz -d FILE";
    } else if (status != LZMA_OK && status != LZMA_STREAM_END && status != LZMA_BUF_ERROR) {
      step.fault = "its data or checksum do not fit";
    }
    return step;
  }
  void restart() override { begin(); }
  bool starts_stream(std::string_view) const override { return true; }

 private:
  void begin() {
    constexpr std::uint64_t memory_limit = std::uint64_t{1} << max_memory_bits;
    if (lzma_stream_decoder(&stream_, memory_limit, LZMA_CONCATENATED) != LZMA_OK) {
      throw std::bad_alloc();
    }
  }

  lzma_stream stream_ = LZMA_STREAM_INIT;
};

class ZstdDecoder final : public Decoder {
 public:
  ZstdDecoder() : stream_(ZSTD_createDStream()) {
    if (!stream_) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, max_memory_bits);
  }

  Decoded decode(std::string_view packed, char* to, std::size_t size) override {
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    ZSTD_outBuffer out{to, size, 0};
    const std::size_t status = ZSTD_decompressStream(stream_.get(), &out, &in);
    Decoded step{in.pos, out.pos, status == 0};
    if (ZSTD_getErrorCode(status) == ZSTD_error_frameParameter_windowTooLarge) {
      step.unpack = "zstd -d --long=31 FILE";
    } else if (ZSTD_isError(status) != 0) {
      step.fault = ZSTD_getErrorName(status);
    }
    return step;
  }
  void restart() override {}  // the next frame begins by itself
  bool starts_stream(std::string_view) const override { return true; }

 private:
  struct Free {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
  };
  std::unique_ptr<ZSTD_DStream, Free> stream_;
};

}  // namespace

std::unique_ptr<Decoder> make_decoder(Packing packing) {
  switch (packing) {
    case Packing::gzip:
      return std::make_unique<GzipDecoder>();
    case Packing::bzip2:
      return std::make_unique<Bzip2Decoder>();
    case Packing::xz:
      return std::make_unique<XzDecoder>();
    case Packing::zstd:
      return std::make_unique<ZstdDecoder>();
    case Packing::none:
    case Packing::zip:
      break;
  }
  return nullptr;
}

}  // namespace lacuna::data
