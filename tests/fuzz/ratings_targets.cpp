#include "tests/fuzz/families.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "runtime/config/json_reader.hpp"
#include "runtime/data/ratings/build_ratings.hpp"
#include "runtime/data/ratings/cell_file.hpp"
#include "runtime/data/ratings/id_map.hpp"
#include "runtime/data/ratings/parse_ratings.hpp"
#include "runtime/data/ratings/titles.hpp"

namespace lacuna::fuzz {

namespace {

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

}  // namespace

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
      const config::Json text(title);
      promise(config::parse_json(config::dump(text), "title") == text, "titles are UTF-8");
    }
  }
}

void id_map(Input input) {
  const auto ids = accepted([&] { return data::parse_id_map(text_of(input), "users.csv"); });
  promise(!ids || data::id_map_text(*ids) == text_of(input), "only what is written is read");
}

}  // namespace lacuna::fuzz
