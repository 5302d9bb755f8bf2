#include "tests/fuzz/families.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "runtime/config/json_reader.hpp"
#include "runtime/data/ratings/build_ratings.hpp"
#include "runtime/data/ratings/cell_file.hpp"
#include "runtime/data/ratings/find_layout.hpp"
#include "runtime/data/ratings/parse_ratings.hpp"
#include "runtime/data/ratings/plain_row.hpp"
#include "runtime/data/ratings/titles.hpp"
#include "runtime/data/text_lines.hpp"
#include "runtime/data/unpacker.hpp"
#include "runtime/data/whole_number.hpp"

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

bool same(const data::IdColumn& a, const data::IdColumn& b) {
  return a.numbers().ids() == b.numbers().ids() &&
         a.texts().texts().bytes() == b.texts().texts().bytes() &&
         a.texts().texts().ends() == b.texts().texts().ends();
}

bool same(const data::ParsedRatings& a, const data::ParsedRatings& b) {
  return same(a.users, b.users) && same(a.items, b.items) && a.user == b.user && a.item == b.item &&
         a.value == b.value && a.time == b.time && a.missing == b.missing &&
         a.dropped == b.dropped && a.checksum == b.checksum;
}

void check_ids(const data::Ids& ids) {
  promise(std::ranges::is_sorted(ids.numbers()), "numbers ascend");
  for (std::int64_t i = 0; i < ids.size(); ++i) {
    promise(ids.find(ids.text(i)) == i, "each id is found");
    const config::Json text(ids.text(i));
    promise(config::parse_json(config::dump(text), "id") == text, "ids are UTF-8");
  }
}

void check_sorted(const data::Ratings& ratings) {
  check_ids(ratings.ids.user);
  check_ids(ratings.ids.item);
  for (std::size_t i = 1; i < ratings.value.size(); ++i) {
    promise(std::pair(ratings.user[i - 1], ratings.item[i - 1]) <
                std::pair(ratings.user[i], ratings.item[i]),
            "pairs ascend");
  }
}

/// What is read in one pass is what parse_row() reads.
void check_plain_rows(std::string_view text, const data::FileFormat& format) {
  const auto found = accepted([&] { return data::find_layout(format, text, "input"); });
  if (!found) return;
  const data::PlainRows plain(found->row);
  while (!text.empty()) {
    std::string_view rest = text;
    const std::string_view line = data::take_line(text);
    data::PlainRow row;
    if (!plain.take(rest, row)) continue;
    data::RatingRow same;
    promise(data::parse_row(line, found->row, same) == data::RowOutcome::rating, "it is a rating");
    promise(rest == text, "a row ends with its line");
    promise(data::plain_whole_number(same.user) == row.user, "its user is the same");
    promise(data::plain_whole_number(same.item) == row.item, "its item is the same");
    promise(same.value == row.value, "its rating is the same");
    promise(!found->row.has_time() || same.time == row.time, "its time is the same");
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
  const bool packed = data::packing_of(text_of(input)) != data::Packing::none;
  const auto check = [&](const data::FileFormat& format) {
    check_plain_rows(text_of(input), format);
    check_ratings(
        [&](const data::ParseOptions& options) {
          const std::array files{data::RatingsFile{file.path()}};
          return data::parse_ratings(files, format, max_text, options);
        },
        packed);
  };
  for (const auto format :
       {data::MovieLensFormat::ml_100k, data::MovieLensFormat::ml_1m, data::MovieLensFormat::csv}) {
    check(data::format_of(data::MovieLensSource(), format));
  }
  data::CsvSource source;
  check(data::format_of(source));
  source.delimiter = ";;";
  source.missing = data::MissingRating::drop;
  source.decimal = data::Decimal::comma;
  source.drop_values = {0};
  source.timestamp_column = "when";
  check(data::format_of(source));
  for (const auto layout : {data::Layout::netflix_prize, data::Layout::jester,
                            data::Layout::book_crossing, data::Layout::amazon}) {
    check(data::format_of(layout, source));
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
    const auto read = accepted([&] {
      return data::titles_beside(file.beside("ratings").string(),
                                 std::vector<std::uint64_t>{1, 2, 3, 73});
    });
    if (!read) continue;
    for (const auto& [item, title] : *read) {
      const config::Json text(title);
      promise(config::parse_json(config::dump(text), "title") == text, "titles are UTF-8");
    }
  }
}

}  // namespace lacuna::fuzz
