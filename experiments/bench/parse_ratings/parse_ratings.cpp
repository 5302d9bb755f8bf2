#include "experiments/bench/parse_ratings/parse_ratings.hpp"

#include <array>

#include "experiments/bench/copy_ceiling.hpp"
#include "runtime/data/ratings/parse_ratings.hpp"
#include "runtime/error.hpp"

namespace lacuna::experiments::bench {

namespace {

constexpr const char* one = "one_thread";
constexpr const char* all = "all_threads";

void parse(const TextInMemory& file, std::int64_t rows, int threads) {
  const std::array files{data::RatingsFile{file.path()}};
  const data::ParsedRatings parsed = data::parse_ratings(
      files, data::format_of(data::MovieLensSource(), data::MovieLensFormat::ml_1m),
      data::default_max_bytes, {.threads = threads});
  if (std::ssize(parsed.value) != rows) {
    throw Error(ExitCode::internal, "bench: the parser lost rows of the generated file");
  }
}

/// One run of the benchmark: only what the wanted sides need is made.
class Reading {
 public:
  Reading(const TextShape& shape, const Settings& settings)
      : shape_(shape), settings_(settings), context_(Device::cpu, settings.threads) {
    add_parser(one, 1);
    add_parser(all, settings.threads);
    if (settings.wants("copy")) {
      copy_.emplace(context_);
      sides_.push_back({"copy", [this] { copy_->run(); }});
    }
  }

  Report run() {
    report_.samples = measure(sides_, settings_.repetitions);
    report_.shape = config::Json::object({{"rows", shape_.rows}});
    if (file_) report_.shape.set("bytes", file_->bytes());
    add_rate(one, 1);
    add_rate(all, settings_.threads);
    if (copy_) {
      const double rate = copy_->bytes() / *median_seconds(report_.samples, "copy") / 1e9;
      report_.results.push_back({"copy_gb_per_s", "copy of 256 MiB", rate, "GB/s"});
    }
    return std::move(report_);
  }

 private:
  void add_parser(const char* side, int threads) {
    if (!settings_.wants(side)) return;
    if (!file_) file_.emplace(rating_text(shape_));
    sides_.push_back({side, [this, threads] { parse(*file_, shape_.rows, threads); }});
  }

  /// The rate of one side, and its share of a core.
  void add_rate(const std::string& side, int threads) {
    const std::optional<double> seconds = median_seconds(report_.samples, side);
    if (!seconds) return;
    const double rate = static_cast<double>(file_->bytes()) / *seconds / 1e6;
    report_.results.push_back({side + "_mb_per_s", side + ": text read", rate, "MB/s"});
    report_.results.push_back(
        {side + "_mb_per_s_per_core", side + ": of that per core", rate / threads, "MB/s"});
    constexpr int most = 16;  // beyond, handing out the pieces in turn is what limits
    if (shape_ != TextShape{} || threads > most) return;
    report_.results.back().bound =
        Bound{Bound::Kind::at_least, 150, "ratings are not read fast enough"};
  }

  TextShape shape_;
  Settings settings_;
  DeviceContext context_;
  std::optional<TextInMemory> file_;
  std::optional<CopyCeiling> copy_;
  std::vector<TimedSide> sides_;
  Report report_;
};

}  // namespace

Benchmark parse_ratings(const TextShape& shape) {
  return {.name = "parse_ratings",
          .what = "reading a MovieLens file that lies in memory, checksum included",
          .sides = {one, all, "copy"},
          .run = [shape](const Settings& settings) { return Reading(shape, settings).run(); }};
}

}  // namespace lacuna::experiments::bench
