#include "runtime/data/ratings/parallel_parser.hpp"

#include <utility>

#include "runtime/data/file_kind.hpp"
#include "runtime/data/ordered_pieces.hpp"
#include "runtime/data/ratings/piece_parser.hpp"
#include "runtime/data/text_lines.hpp"

namespace lacuna::data {
namespace {

/// Of one thread, from piece to piece.
struct Worker {
  PieceParser parser;
  CodeTranslation translation;
};

FileLayout layout_of(SampledText& source, const std::string& path, const FileFormat& format) {
  std::string_view begin = source.sample();
  check_is_text(begin, path);
  take_byte_order_mark(begin);
  FileLayout layout = find_layout(format, begin, path);
  source.skip_lines(layout.skipped_lines);
  return layout;
}

}  // namespace

FileLayout parse_text(TextSource& source, const std::string& path, RatingsPart part,
                      const FileFormat& format, int threads, RatingMerger& merger) {
  SampledText text(source);
  FileLayout layout = layout_of(text, path, format);
  merger.begin_file(path, part, layout.skipped_lines);
  const auto parse = [&](Worker& worker, std::string_view piece) {
    worker.parser.parse(piece, layout.row);
  };
  const auto append = [&](Worker& worker, std::string_view piece) {
    // Where the piece before ended within quotes, this one was parsed from the middle of a row.
    std::string& tail = merger.tail();
    if (!tail.empty()) {
      const std::string whole = std::move(tail) + std::string(piece);
      worker.parser.parse(whole, layout.row);
      return merger.append(worker.parser, layout.row, worker.translation);
    }
    merger.append(worker.parser, layout.row, worker.translation);
  };
  for_each_piece<Worker>(text, threads, parse, append);
  merger.end_file();
  return layout;
}

}  // namespace lacuna::data
