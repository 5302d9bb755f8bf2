#include "tests/fuzz/families.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>
#include <vector>

#include "runtime/config/json_reader.hpp"
#include "runtime/config/parse.hpp"
#include "runtime/config/write.hpp"
#include "runtime/data/packed_text.hpp"
#include "runtime/data/tables/infer_schema.hpp"
#include "runtime/data/tables/read_rows.hpp"
#include "runtime/data/tar_file.hpp"

namespace lacuna::fuzz {

namespace {

std::string unpacked(const std::string& path, std::size_t piece_bytes) {
  data::PackedText source(path, data::open_packed(path, ""), max_text, piece_bytes);
  std::string whole;
  std::vector<char> storage;
  for (auto piece = source.next(storage); !piece.empty(); piece = source.next(storage))
    whole += piece;
  return whole;
}

/// What a schema promises of the rows that it reads.
void check_rows(const data::DataSet& rows, const data::TableSchema& schema) {
  const auto& input = std::get<data::DenseArray>(rows.fields.at("input"));
  const auto& values = std::get<std::vector<float>>(input.values);
  promise(input.columns() == schema.input_columns(), "there are the schema's columns");
  promise(std::ssize(values) == input.rows * input.columns(), "each cell has its value");
  const bool finite = std::ranges::all_of(values, [](float x) { return std::isfinite(x); });
  promise(finite, "values are finite");
  promise(data::rows_of(rows.fields.at("target")) == input.rows, "each row has its target");
}

}  // namespace

void packed(Input input) {
  for (const char* name : {"text", "text.gz", "text.zip"}) {
    const InputFile file(input, name);
    const auto whole = accepted([&] { return unpacked(file.path(), std::size_t{1} << 16); });
    const auto pieces = accepted([&] { return unpacked(file.path(), 1000); });
    promise(whole == pieces, "the text is the same for all pieces");
    promise(!whole || whole->size() <= max_text, "the cap holds");
  }
}

void table(Input input) {
  const InputFile file(input);
  data::TableSource source;
  source.target = "y";
  source.max_bytes = max_text;
  source.max_levels = 30;
  for (const bool classes : {false, true}) {
    source.target_kind = classes ? data::TargetKind::classes : data::TargetKind::by_values;
    source.delimiter = classes ? ";" : ",";
    const auto inferred = accepted([&] { return data::infer_schema(file.path(), source); });
    if (!inferred) continue;
    const config::Json json = config::to_json(inferred->schema);
    const auto again =
        config::parse<data::TableSchema>(config::parse_json(config::dump(json), "schema"));
    promise(config::to_json(again) == json, "a schema reads back from its JSON");
    check_rows(data::read_rows(file.path(), again, {{}, max_text}), again);
    check_rows(data::read_rows(file.path(), again, {data::MissingTarget::drop, max_text}), again);
  }
}

void tar(Input input) {
  const data::FileBytes archive{
      .path = "x.tar", .bytes = std::string(text_of(input)), .checksum = {}};
  const auto members = accepted([&] { return data::tar_members(archive); });
  std::size_t sum = 0;
  for (const data::TarMember& member : members.value_or(std::vector<data::TarMember>())) {
    sum += member.bytes.size();
  }
  promise(sum <= archive.bytes.size(), "files do not overlap");
}

}  // namespace lacuna::fuzz
