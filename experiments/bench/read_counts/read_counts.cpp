#include "experiments/bench/read_counts/read_counts.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <iterator>
#include <memory>
#include <new>

#include "experiments/bench/measure.hpp"
#include "experiments/bench/parse_ratings/rating_text.hpp"
#include "kernels/core/philox.hpp"
#include "runtime/data/counts/read_counts.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments::bench {

namespace {

constexpr const char* packed = "ours";
constexpr const char* plain = "plain";

/// Entries by cell, genes ascending; most counts are small. A function of the shape.
std::string matrix_text(const CountsShape& shape) {
  std::string text = fmt::format("%%MatrixMarket matrix coordinate integer general\n%\n{} {} {}\n",
                                 shape.genes, shape.cells, shape.cells * shape.found);
  const std::int64_t step = shape.genes / shape.found;
  for (std::int64_t entry = 0; entry < shape.cells * shape.found; ++entry) {
    const auto word = philox({}, static_cast<std::uint64_t>(entry));
    const std::int64_t gene = 1 + entry % shape.found * step + word[0] % step;
    const double rare = open_uniform(word[1]);
    fmt::format_to(std::back_inserter(text), "{} {} {}\n", gene, 1 + entry / shape.found,
                   static_cast<int>(1 / rare) % 1000 + 1);
  }
  return text;
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  constexpr int as_gzip = 16 + MAX_WBITS;
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, as_gzip, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::bad_alloc();
  }
  std::string bytes(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = static_cast<uInt>(bytes.size());
  deflate(&stream, Z_FINISH);
  bytes.resize(stream.total_out);
  deflateEnd(&stream);
  return bytes;
}

void read(const TextInMemory& file, const CountsShape& shape, int threads) {
  data::CountsSource source;
  source.path = file.path();
  source.rows = data::CountRows::genes;
  const data::Counts counts = data::read_counts(source, {.threads = threads});
  if (counts.matrix.nnz() == shape.cells * shape.found) return;
  throw Error(ExitCode::internal, "bench: the reader lost entries of the generated file");
}

Report time_reading(const CountsShape& shape, const Settings& settings) {
  const std::string text = matrix_text(shape);
  std::vector<TimedSide> sides;
  for (const char* side : {packed, plain}) {
    if (!settings.wants(side)) continue;
    const auto file = std::make_shared<TextInMemory>(side == packed ? gzip(text) : text);
    sides.push_back({side, [=] { read(*file, shape, settings.threads); }});
  }
  Report report;
  report.samples = measure(sides, settings.repetitions);
  report.shape = config::Json::object({{"genes", shape.genes},
                                       {"cells", shape.cells},
                                       {"entries", shape.cells * shape.found},
                                       {"bytes", text.size()}});
  for (const Sample& sample : report.samples) {
    const double rate = static_cast<double>(text.size()) / spread_of(sample.seconds).median / 1e6;
    report.results.push_back(
        {sample.side + "_mb_per_s", sample.side + ": text read", rate, "MB/s"});
  }
  return report;
}

}  // namespace

Benchmark read_counts(const CountsShape& shape) {
  return {.name = "read_counts",
          .what =
              "reading a Matrix Market file of counts that lies in memory, packed by gzip and "
              "plain",
          .threads = 2,
          .sides = {packed, plain},
          .run = [shape](const Settings& settings) { return time_reading(shape, settings); }};
}

}  // namespace lacuna::experiments::bench
