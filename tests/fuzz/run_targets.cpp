#include "tests/fuzz/families.hpp"

#include <algorithm>
#include <span>

#include "experiments/run/run_files.hpp"
#include "experiments/tasks/classification/classification_task.hpp"
#include "experiments/tasks/probe/probe_files.hpp"
#include "experiments/tasks/rating_prediction/rating_probe.hpp"
#include "experiments/tasks/rating_prediction/rating_scores.hpp"
#include "experiments/tasks/regression/regression_task.hpp"
#include "runtime/checkpoint/manifest.hpp"
#include "runtime/config/json_reader.hpp"
#include "runtime/io/safetensors.hpp"

namespace lacuna::fuzz {

void outcome(Input input) {
  using Scores = std::span<const experiments::ScoreForm>;
  for (const Scores tested :
       {Scores(experiments::rating_scores), Scores(experiments::classification_scores),
        Scores(experiments::regression_scores)}) {
    accepted([&] {
      return experiments::read_outcome(config::parse_json(text_of(input), "input"), tested);
    });
  }
}

void metrics(Input input) {
  const InputFile file(input);
  accepted([&] { return experiments::read_metrics(file.path()); });
}

void probe(Input input) {
  const InputFile file(input);
  const auto probes =
      accepted([&] { return experiments::read_means(file.path(), experiments::rating_words); });
  if (!probes) return;
  for (const auto& each : *probes) {
    for (const auto& pair : each.pairs) {
      promise(pair.mean.size() == each.known.size(), "each level has its prediction");
    }
  }
}

void manifest(Input input) {
  accepted([&] { return parse_manifest(text_of(input), "manifest.json"); });
  // Hardly an input has the checksum that fits, so one is made around it.
  const auto state = accepted([&] { return config::parse_json(text_of(input), "state"); });
  if (!state || !state->is_object()) return;
  const testing::TemporaryFolder folder;
  write_manifest(folder.path(), *state, config::Json::object());
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

}  // namespace lacuna::fuzz
