#!/usr/bin/env bash
# What others' programs make of a run's files: tests/interoperability.sh [PART...], without names all parts:
#   weights  the lines of PyTorch find the errors that result.json tells
#   predict  the same lines agree with `lacuna predict` on every pair and on a new user
#   split    the errors of a run from its exported split and its weights, by NumPy, to 1e-6
#   codes    the lines on codes agree with `lacuna encode`
#   twins    twenty steps of MLPs, an autoencoder, an RBM, CF-NADE, a MADE and AutoImpute agree with PyTorch's
#   counts   matrices of counts as SciPy, NumPy, pandas, R and 10x write them are read as one
#   events   TensorBoard reads the curves of metrics.jsonl
# Installs PyTorch (several GB where PyPI is all there is), safetensors, NumPy and TensorBoard into
# build/python and keeps them there; ends with 77 where they cannot be had.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
python=$PWD/build/python/bin/python
cpu_wheels=https://download.pytorch.org/whl/cpu
export PYTHONDONTWRITEBYTECODE=1

skip() { printf 'skipped: %s\n' "$*" >&2; exit 77; }

has() { "$python" -c "import $1" 2>/dev/null; }
install() { "$python" -m pip install --quiet --disable-pip-version-check "$@"; }

make_environment() {
  [[ -x $python ]] || python3 -m venv build/python || skip "python3 -m venv does not work here"
  has "numpy, safetensors, tensorboard" || install numpy safetensors tensorboard ||
    skip "pip finds no numpy, safetensors and tensorboard"
}

add_torch() {
  has torch || install --timeout 10 --retries 0 --index-url "$cpu_wheels" torch 2>/dev/null || install torch ||
    skip "pip finds no torch"
}

# A run with a known data set, once: $work/tiny.
tiny_run() {
  [[ ! -d $work/tiny ]] || return 0
  add_torch
  "$python" tests/python/tiny_ratings.py "$work"
  ./lacuna train "$work/tiny.json" "output.dir=$work/tiny" -q >"$work/table"
}

weights() {
  tiny_run
  "$python" tests/python/weights.py "$work/tiny/seed-0"
}

predict() {
  tiny_run
  "$python" tests/python/predictions.py ./lacuna "$work/tiny/seed-0"
}

split() {
  "$python" tests/python/rebuild_split.py ./lacuna "$work/split"
}

codes() {
  add_torch
  "$python" tests/python/codes.py ./lacuna
}

twins() {
  add_torch
  "$python" tests/python/twins.py ./lacuna
}

counts() {
  has "scipy, pandas" || install scipy pandas || skip "pip finds no scipy and pandas"
  "$python" tests/python/counts.py ./lacuna
}

events() {
  ./lacuna train experiments/quickstart.json train.epochs=3 "output.dir=$work/quickstart" -q >"$work/table"
  "$python" tests/python/events.py "$work"/quickstart/*/seed-0
}

parts=("$@")
(( ${#parts[@]} )) || parts=(weights predict split codes twins counts events)
for part in "${parts[@]}"; do
  [[ $part =~ ^(weights|predict|split|codes|twins|counts|events)$ ]] || { sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2; }
done

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
make_environment
for part in "${parts[@]}"; do "$part"; done
echo "interoperability: passed (${parts[*]})"
