#!/usr/bin/env bash
# Acceptance on a machine with one GPU, the CUDA toolkit, g++, cmake and ninja, and no network. Each step
# runs alone, by name, and is meant to end within ten minutes; without names all run in this order:
#   build      the program and its tests, for the GPU at hand
#   suite      every test, those of the GPU with them
#   sanitizer  the tests of kernels on the GPU under compute-sanitizer; one tool of it by
#              memcheck, racecheck, initcheck, synccheck
#   bench      times of the kernels
# tests/gpu_acceptance.sh [--deps FOLDER] [--results FOLDER] [--commit HASH] [STEP...]
#   --deps     what cmake/fetch_deps.sh unpacked; default: .deps
#   --results  gets acceptance.json and acceptance.md of all steps so far; default: build/gpu/acceptance
# Without a GPU it builds, runs what can run, and says what it left out. Ends with 1 where a step failed.
# shellcheck disable=SC2317  # steps are called by name
set -uo pipefail

root=$(readlink -f -- "$(dirname -- "$0")/..")
build=$root/build/gpu
deps=$root/.deps
results=$build/acceptance
commit=$(git -C "$root" describe --always --dirty --abbrev=12 --exclude='*' 2>/dev/null || echo unknown)
tools=(memcheck racecheck initcheck synccheck)
kernel_tests='*.CudaAgrees*:*/cuda'
tool_seconds=140
faults='^=+ (Invalid|Uninitialized|Error:|Warning:|Race|Barrier|Divergent|Program hit|Address)'

usage() { sed -n '2,13s/^# \{0,1\}//p' "$0"; exit 2; }
say() { printf '=== %s\n' "$*"; }

gpu() { nvidia-smi --query-gpu=name,driver_version --format=csv,noheader 2>/dev/null | head -n 1; }
has_gpu() { [[ -n $(gpu) ]]; }

# note STEP RESULT DETAIL SECONDS: what the summary says of a step. RESULT: passed, failed or skipped.
note() {
  mkdir -p "$build/steps"
  printf '%s\t%s\t%s\n' "$2" "$3" "$4" >"$build/steps/$1"
  say "$1: $2${3:+, $3} ($4 s)"
  [[ $2 != failed ]]
}

step_build() {
  local start=$SECONDS log=$build/build.log
  rm -rf "$build/steps" "$build"/bench.* "$build/ptxas.md"  # what follows is of this build; the suite writes ptxas.md
  [[ -d $deps ]] || { note build failed "$deps is missing: run cmake/fetch_deps.sh where there is a network" 0; return; }
  mkdir -p "$build"
  {
    cmake -S "$root" -B "$build" -G Ninja -D CMAKE_BUILD_TYPE=Release -D LACUNA_CUDA=ON \
      -D LACUNA_BUILD_TESTS=ON -D LACUNA_DEPS="$deps" -D CMAKE_CUDA_FLAGS=-lineinfo &&
      cmake --build "$build" --target lacuna lacuna_tests
  } >"$log" 2>&1 || { tail -n 40 "$log"; note build failed "see $log" $((SECONDS - start)); return; }
  note build passed "architectures $(sed -n 's/^LACUNA_CUDA_ARCHS:[A-Z]*=//p' "$build/CMakeCache.txt")" $((SECONDS - start))
}

step_suite() {
  local start=$SECONDS parts=$build/tests/shards result=passed cases failed skipped on_gpu
  rm -rf "$parts"
  ctest --test-dir "$build" --output-on-failure --parallel "$(nproc)" >"$build/suite.log" 2>&1 || result=failed
  compgen -G "$parts/*.xml" >/dev/null ||
    { tail -n 20 "$build/suite.log"; note suite failed "the tests wrote no result" $((SECONDS - start)); return; }
  cases=$(cat "$parts"/*.xml | grep -c '^    <testcase ')
  skipped=$(cat "$parts"/*.xml | grep '^    <testcase ' | grep -c 'result="skipped"')
  failed=$(sed -n 's/^<testsuites .* failures="\([0-9]*\)".*/\1/p' "$parts"/*.xml | awk '{ sum += $1 } END { print sum + 0 }')
  on_gpu=$(cat "$parts"/*.xml | grep -E '^    <testcase name="(Cuda|[^"]*/cuda")' | grep -c 'result="completed"')
  has_gpu && (( on_gpu == 0 )) && result=failed
  sed -n '/tests FAILED/,$p' "$build/suite.log"
  note suite "$result" "$((cases - failed - skipped)) passed, $failed failed, $skipped skipped; $on_gpu ran on the GPU" $((SECONDS - start))
}

# sanitize TOOL: small shapes only, since every access is looked at.
sanitize() {
  local tool=$1 start=$SECONDS log=$build/$1.log status=0 passed
  has_gpu || { note "$tool" skipped "no GPU" 0; return; }
  command -v compute-sanitizer >/dev/null || { note "$tool" skipped "no compute-sanitizer" 0; return; }
  timeout "$tool_seconds" compute-sanitizer --tool "$tool" --error-exitcode 86 \
    "$build/tests/lacuna_tests" --gtest_filter="$kernel_tests" >"$log" 2>&1 || status=$?
  passed=$(grep -c '^\[ *OK \]' "$log")
  if grep -qi 'device not supported' "$log"; then
    note "$tool" skipped "the tool refuses this device" $((SECONDS - start))
  elif [[ $status == 124 && $passed != 0 ]] && ! grep -qE "$faults" "$log"; then
    note "$tool" skipped "stopped after $tool_seconds s; clean in the first $passed tests" $((SECONDS - start))
  elif [[ $status == 0 && $passed != 0 ]]; then
    note "$tool" passed "clean in $passed tests" $((SECONDS - start))
  else
    grep -E -A 12 "$faults" "$log" | head -n 40
    note "$tool" failed "$passed tests passed;$(grep 'ERROR SUMMARY' "$log" | tail -n 1 | tr -d '=') (exit $status), see $log" $((SECONDS - start))
  fi
}

step_sanitizer() {
  local tool status=0
  for tool in "${tools[@]}"; do sanitize "$tool" || status=1; done
  return "$status"
}

step_bench() {
  local start=$SECONDS
  has_gpu || { note bench skipped "no GPU" 0; return; }
  rm -f "$build/bench.json"
  "$build/experiments/lacuna" bench '^kernels/' --device cuda --save "$build/bench.json" >"$build/bench.txt" 2>"$build/bench.log" ||
    { tail -n 20 "$build/bench.log"; note bench failed "see $build/bench.log" $((SECONDS - start)); return; }
  note bench passed "" $((SECONDS - start))
}

# The steps that have run so far, in their order, as one JSON and one Markdown file.
summarize() {
  local step result detail seconds separator="" date
  date=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  mkdir -p "$results"
  exec 3>"$results/acceptance.json" 4>"$results/acceptance.md"
  printf '{"date": "%s", "commit": "%s", "gpu": "%s", "steps": {' "$date" "$commit" "$(gpu)" >&3
  printf '# GPU acceptance\n\n%s, commit %s, GPU: %s\n\n| step | result | | seconds |\n|---|---|---|---:|\n' \
    "$date" "$commit" "$(gpu | grep . || echo none)" >&4
  for step in build suite "${tools[@]}" bench; do
    [[ -f $build/steps/$step ]] || continue
    IFS=$'\t' read -r result detail seconds <"$build/steps/$step"
    printf '%s\n  "%s": {"result": "%s", "detail": "%s", "seconds": %s}' \
      "$separator" "$step" "$result" "${detail//\"/\'}" "$seconds" >&3
    separator=,
    printf '| %s | %s | %s | %s |\n' "$step" "$result" "$detail" "$seconds" >&4
  done
  printf '},\n"bench": %s}\n' "$(cat "$build/bench.json" 2>/dev/null || echo null)" >&3
  # shellcheck disable=SC2016  # a fence of Markdown
  [[ ! -f $build/bench.json ]] || printf '\n```\n%s\n```\n' "$(cat "$build/bench.txt")" >&4
  [[ ! -f $build/ptxas.md ]] || printf '\n%s\n' "$(cat "$build/ptxas.md")" >&4
  exec 3>&- 4>&-
  say "$results/acceptance.md"
}

steps=()
while (( $# )); do
  case $1 in
    --deps) deps=$(realpath -m -- "${2:?a folder must follow --deps}"); shift ;;
    --results) results=$(realpath -m -- "${2:?a folder must follow --results}"); shift ;;
    --commit) commit=${2:?a commit must follow --commit}; shift ;;
    build | suite | sanitizer | bench | memcheck | racecheck | initcheck | synccheck) steps+=("$1") ;;
    *) usage ;;
  esac
  shift
done
(( ${#steps[@]} )) || steps=(build suite sanitizer bench)

has_gpu || say "no GPU answers: what needs one is left out"
status=0
for step in "${steps[@]}"; do
  case $step in
    *check) sanitize "$step" ;;
    *) "step_$step" ;;
  esac || status=1
  [[ $step == build && $status == 1 ]] && break
done
summarize
exit $status
