#include "tests/fuzz/targets.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "experiments/experiment_json.hpp"
#include "experiments/run/run_files.hpp"
#include "experiments/tasks/rating_prediction/probe.hpp"
#include "experiments/tasks/rating_prediction/rating_scores.hpp"
#include "runtime/checkpoint/manifest.hpp"
#include "runtime/config/json_reader.hpp"
#include "runtime/config/override.hpp"
#include "runtime/data/gzip_text.hpp"
#include "runtime/data/ratings/build_ratings.hpp"
#include "runtime/data/ratings/cell_file.hpp"
#include "runtime/data/ratings/id_map.hpp"
#include "runtime/data/ratings/parse_ratings.hpp"
#include "runtime/data/ratings/titles.hpp"
#include "runtime/error.hpp"
#include "runtime/io/safetensors.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lacuna::fuzz {
namespace {

using config::Json;
using testing::TemporaryFolder;
using testing::write_file;

using Input = std::span<const std::byte>;

constexpr std::uint64_t max_text = std::uint64_t{1} << 16;  // small, so that bombs are tried, too

std::string_view text_of(Input input) {
  return {reinterpret_cast<const char*>(input.data()), input.size()};
}

/// The input as a file.
class InputFile {
 public:
  explicit InputFile(Input input, std::string_view name = "input") : path_(folder_ / name) {
    write_file(path_, text_of(input));
  }
  std::string path() const { return path_.string(); }
  std::filesystem::path beside(std::string_view name) const { return folder_ / name; }

 private:
  TemporaryFolder folder_;
  std::filesystem::path path_;
};

/// What `parse` returns, or nothing where it refuses the input.
template <class Parse>
auto accepted(Parse parse) {
  std::optional<decltype(parse())> result;
  try {
    result.emplace(parse());
  } catch (const Error&) {
  }
  return result;
}

void promise(bool kept, const char* what) {
  if (!kept) throw std::logic_error(std::string("not so: ") + what);
}

void json(Input input) {
  const auto read = accepted([&] { return config::parse_json(text_of(input), "input"); });
  if (!read) return;
  for (const int indent : {0, 2}) {
    promise(config::parse_json(config::dump(*read, indent), "dump") == *read,
            "what is written reads back equal");
  }
}

void override_value(Input input) {
  Json root = config::parse_json(R"({"model": {"k": 1, "none": null}, "list": [1]})", "root");
  accepted([&] {
    config::apply_override(root, text_of(input));
    return true;
  });
  config::dump(root);
}

void experiment(Input input) {
  const auto parse = [](std::string_view text) {
    return to_json(experiments::parse_experiment(config::parse_json(text, "experiment")));
  };
  const auto resolved = accepted([&] { return parse(text_of(input)); });
  if (!resolved) return;
  promise(parse(config::dump(*resolved)) == *resolved, "with its defaults it stays the same");
}

void outcome(Input input) {
  accepted([&] {
    return experiments::read_outcome(config::parse_json(text_of(input), "input"),
                                     experiments::rating_scores);
  });
}

void metrics(Input input) {
  const InputFile file(input);
  accepted([&] { return experiments::read_metrics(file.path()); });
}

void probe(Input input) {
  const InputFile file(input);
  const auto curves = accepted([&] { return experiments::read_probe(file.path()); });
  if (!curves) return;
  for (const auto& curve : *curves) {
    promise(curve.known.size() == curve.prediction.size(), "each level has its predictions");
  }
}

void manifest(Input input) {
  accepted([&] { return parse_manifest(text_of(input), "manifest.json"); });
  // Hardly an input has the checksum that fits, so one is made around it.
  const auto state = accepted([&] { return config::parse_json(text_of(input), "state"); });
  if (!state || !state->is_object()) return;
  const TemporaryFolder folder;
  write_manifest(folder.path(), *state, Json::object());
  const auto read = accepted([&] { return read_manifest(folder.path()); });  // not too deep a state
  promise(!read || read->at("state") == *state, "a manifest reads back as it was saved");
}

void safetensors(Input input) {
  const InputFile file(input);
  const auto tensors = accepted([&] { return io::SafetensorsFile::open(file.path()); });
  if (!tensors) return;
  const auto copy = file.beside("copy");
  io::write_safetensors(copy, tensors->entries(), tensors->metadata());
  const auto again = io::SafetensorsFile::open(copy);
  promise(again.metadata() == tensors->metadata(), "metadata are kept");
  promise(again.entries().size() == tensors->entries().size(), "tensors are kept");
  for (const io::TensorEntry& entry : tensors->entries()) {
    const io::TensorEntry* found = again.find(entry.name);
    promise(found != nullptr && found->dtype == entry.dtype && found->shape == entry.shape &&
                std::ranges::equal(found->bytes, entry.bytes),
            "a tensor is kept");
  }
}

/// A parser's answer: ratings, or the error's message.
struct Answer {
  std::optional<data::ParsedRatings> ratings;
  std::string refusal;
};

template <class Parse>
Answer answer(Parse parse, const data::ParseOptions& options) {
  try {
    return {parse(options), ""};
  } catch (const Error& error) {
    return {std::nullopt, error.what()};
  }
}

bool same(const data::ParsedRatings& a, const data::ParsedRatings& b) {
  return a.users.ids() == b.users.ids() && a.items.ids() == b.items.ids() && a.user == b.user &&
         a.item == b.item && a.value == b.value && a.first_line == b.first_line &&
         a.checksum == b.checksum;
}

void check_sorted(const data::Ratings& ratings) {
  promise(std::ranges::is_sorted(ratings.ids.user) && std::ranges::is_sorted(ratings.ids.item),
          "ids ascend");
  for (std::size_t i = 1; i < ratings.value.size(); ++i) {
    promise(std::pair(ratings.user[i - 1], ratings.item[i - 1]) <
                std::pair(ratings.user[i], ratings.item[i]),
            "pairs ascend");
  }
}

template <class Parse>
void check_ratings(Parse parse, bool packed) {
  const Answer whole = answer(parse, {});
  const Answer pieces = answer(parse, {.threads = 2, .piece_bytes = 16});
  promise(whole.ratings.has_value() == pieces.ratings.has_value(), "pieces do not decide");
  if (!whole.ratings) {  // damage of a packed file shows when its part is read
    promise(packed || whole.refusal == pieces.refusal, "the error is the file's first");
    return;
  }
  promise(same(*whole.ratings, *pieces.ratings), "the result is the same for all pieces");
  for (const auto duplicates :
       {data::Duplicates::error, data::Duplicates::last, data::Duplicates::mean}) {
    auto parsed = *whole.ratings;
    const auto built =
        accepted([&] { return data::build_ratings(std::move(parsed), duplicates, "input"); });
    if (built) check_sorted(*built);
  }
}

void ratings(Input input) {
  const InputFile file(input);
  const bool packed = text_of(input).starts_with("\x1f\x8b");
  for (const auto format :
       {data::MovieLensFormat::ml_100k, data::MovieLensFormat::ml_1m, data::MovieLensFormat::csv}) {
    check_ratings(
        [&](const data::ParseOptions& options) {
          return data::parse_movielens(file.path(), format, max_text, options);
        },
        packed);
  }
  for (const char* delimiter : {",", ";;"}) {
    data::CsvSource source;
    source.delimiter = delimiter;
    source.max_bytes = max_text;
    check_ratings(
        [&](const data::ParseOptions& options) {
          return data::parse_csv(file.path(), source, options);
        },
        packed);
  }
}

std::string unpacked(const std::string& path, std::size_t piece_bytes) {
  data::GzipText source(path, max_text, piece_bytes);
  std::string whole;
  std::vector<char> storage;
  for (auto piece = source.next(storage); !piece.empty(); piece = source.next(storage))
    whole += piece;
  return whole;
}

void gzip(Input input) {
  for (const char* name : {"text", "text.gz"}) {
    const InputFile file(input, name);
    const auto whole = accepted([&] { return unpacked(file.path(), std::size_t{1} << 16); });
    const auto pieces = accepted([&] { return unpacked(file.path(), 1000); });
    promise(whole == pieces, "the text is the same for all pieces");
    promise(!whole || whole->size() <= max_text, "the cap holds");
  }
}

void cells(Input input) {
  const InputFile file(input);
  for (const auto columns :
       {data::CellColumns::user_item, data::CellColumns::item, data::CellColumns::item_rating}) {
    const auto read = accepted([&] { return data::read_cells(file.path(), columns); });
    if (!read) continue;
    promise(!read->empty(), "there are rows");
    promise(std::ranges::is_sorted(*read, {}, &data::NamedCell::line), "rows keep their order");
  }
}

void titles(Input input) {
  for (const char* name : {"u.item", "movies.dat", "movies.csv"}) {
    const InputFile file(input, name);
    const auto read = accepted([&] { return data::titles_beside(file.beside("ratings")); });
    if (!read) continue;
    for (const auto& [item, title] : *read) {
      const Json text(title);
      promise(config::parse_json(config::dump(text), "title") == text, "titles are UTF-8");
    }
  }
}

void id_map(Input input) {
  const auto ids = accepted([&] { return data::parse_id_map(text_of(input), "users.csv"); });
  promise(!ids || data::id_map_text(*ids) == text_of(input), "only what is written is read");
}

constexpr std::array all{Target{"cells", cells},
                         Target{"experiment", experiment},
                         Target{"gzip", gzip},
                         Target{"id_map", id_map},
                         Target{"json", json},
                         Target{"manifest", manifest},
                         Target{"metrics", metrics},
                         Target{"outcome", outcome},
                         Target{"override", override_value},
                         Target{"probe", probe},
                         Target{"ratings", ratings},
                         Target{"safetensors", safetensors},
                         Target{"titles", titles}};

}  // namespace

std::span<const Target> targets() {
  return all;
}

const Target& target(std::string_view name) {
  const auto found = std::ranges::find(all, name, &Target::name);
  if (found == all.end()) throw std::out_of_range("no such target");
  return *found;
}

}  // namespace lacuna::fuzz
