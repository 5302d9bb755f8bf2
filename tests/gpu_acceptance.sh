#!/usr/bin/env bash
# Acceptance on a machine with one GPU, the CUDA toolkit, g++, cmake, ninja, python3, and no network. Its boxes
# run one by one, by name; each ends within four minutes on 16 cores, is useful alone, and where its time is
# over (exit code 3) the same call again goes on. Without names all run in this order, each to its end:
#   build      the program and its tests, for the GPU at hand
#   suite      every test, those of the GPU with them
#   memcheck racecheck initcheck synccheck    the tests of kernels under compute-sanitizer
#   kernels    times of all kernels, beside a copy
#   counters   what ncu counts of the memory-bound kernels
#   autorec    AutoRec's training step, beside PyTorch's where python3 has it
#   mlp        an MLP's training step, likewise
# tests/gpu_acceptance.sh [option...] [BOX...]
#   --deps FOLDER          what cmake/fetch_deps.sh unpacked; default: .deps
#   --build-folder FOLDER  a build that is there, of this commit, in place of the box build
#   --results FOLDER       gets acceptance.json and acceptance.md of all boxes so far
#   --commit HASH          where this is no git clone
#   --python PROGRAM       one that has PyTorch; default: python3
#   --seconds N            of a box in one call; default: 230
#   --tiny                 a rehearsal's suite is a few tests
# Without a GPU this is a rehearsal: all runs on the emulated device, steps and kernels on small shapes, and the
# results say so. Goals are in tests/gpu/goals.json; one that is missed fails no box. Exit code 1: a box failed.
set -uo pipefail

root=$(readlink -f -- "$(dirname -- "$0")/..")
build=$root/build/gpu deps=$root/.deps results='' given_build='' python=python3 seconds=230 tiny=''
commit=$(git -C "$root" describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null || echo unknown)
all=(build suite memcheck racecheck initcheck synccheck kernels counters autorec mlp)

usage() { sed -n '2,24s/^# \{0,1\}//p' "$0"; exit 2; }

# shellcheck source=tests/gpu/boxes.sh
source "$root/tests/gpu/boxes.sh"
# shellcheck source=tests/gpu/build_and_suite.sh
source "$root/tests/gpu/build_and_suite.sh"
# shellcheck source=tests/gpu/sanitize.sh
source "$root/tests/gpu/sanitize.sh"
# shellcheck source=tests/gpu/measure.sh
source "$root/tests/gpu/measure.sh"

boxes=()
while (( $# )); do
  case $1 in
    --deps) deps=$(realpath -m -- "${2:?a folder must follow --deps}"); shift ;;
    --build-folder) given_build=1 build=$(realpath -m -- "${2:?a folder must follow --build-folder}"); shift ;;
    --results) results=$(realpath -m -- "${2:?a folder must follow --results}"); shift ;;
    --commit) commit=${2:?a commit must follow --commit}; shift ;;
    --python) python=${2:?a program must follow --python}; shift ;;
    --seconds) seconds=${2:?a number must follow --seconds}; shift ;;
    --tiny) tiny=1 ;;
    *) [[ " ${all[*]} " == *" $1 "* ]] || usage; boxes+=("$1") ;;
  esac
  shift
done
[[ $seconds =~ ^[1-9][0-9]*$ ]] || { echo "--seconds must be a whole number from 1, not '$seconds'" >&2; exit 2; }
command -v python3 >/dev/null || { echo "python3 is missing: it writes the summary" >&2; exit 2; }

program=$build/experiments/lacuna tests=$build/tests/lacuna_tests state=$build/acceptance
results=${results:-$state/results}
rehearsal='' device=cuda bench_sizes=() bench_options=(--repetitions 20) peer_options=() suite_parts=() suite_filter='*'
if ! gpu >/dev/null; then
  rehearsal="rehearsal: emulated device, no GPU; times mean nothing"
  say "$rehearsal"
  device=emulated bench_sizes=(--tiny) bench_options=(--tiny --repetitions 1)
  peer_options=(--tiny --rounds 1 --repetitions 2)
  [[ ! $tiny ]] || suite_filter='*adam*' suite_parts=(-R '^lacuna_tests')
fi

run_box() {
  case $1 in *check) box_sanitizer "$1" ;; *) "box_$1" ;; esac
}

drop_results_of_others
status=0
for name in "${boxes[@]:-${all[@]}}"; do
  while run_box "$name"; code=$?; (( code == 3 && ${#boxes[@]} == 0 )); do :; done
  (( code == 0 || status == 1 )) || status=$code
  [[ $name != build || $code == 0 ]] || break
done
python3 "$root/tests/gpu/summary.py" --state "$state" --results "$results" --commit "$commit" --gpu "$(gpu)" \
  --rehearsal "$rehearsal" || status=1
[[ -z $rehearsal ]] && say "to keep it: mkdir -p $root/experiments/bench/results && cp -r $results '$root/experiments/bench/results/$(date -u +%Y-%m-%d)-$commit-$(gpu)'"
exit $status
