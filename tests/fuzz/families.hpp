#pragma once

#include "tests/fuzz/input.hpp"

/// What the targets run, by the files they stand in.
namespace lacuna::fuzz {

// config_targets.cpp
void experiment(Input input);
void json(Input input);
void override_value(Input input);

// run_targets.cpp
void manifest(Input input);
void metrics(Input input);
void outcome(Input input);
void probe(Input input);
void safetensors(Input input);

// ratings_targets.cpp
void cells(Input input);
void ratings(Input input);
void titles(Input input);

// counts_targets.cpp
void counts(Input input);

// image_targets.cpp
void amat(Input input);
void cifar(Input input);
void idx(Input input);
void npy(Input input);
void png(Input input);

// text_targets.cpp
void packed(Input input);
void table(Input input);
void tar(Input input);

}  // namespace lacuna::fuzz
