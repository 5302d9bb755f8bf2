# The boxes build and suite of tests/gpu_acceptance.sh.
# shellcheck shell=bash
# shellcheck disable=SC2154

configure() {
  local cuda=ON
  [[ $rehearsal ]] && cuda=AUTO
  cmake -S "$root" -B "$build" -G Ninja -D CMAKE_BUILD_TYPE=Release -D LACUNA_CUDA=$cuda -D LACUNA_BUILD_TESTS=ON \
    -D LACUNA_DEPS="$deps" -D CMAKE_CUDA_FLAGS=-lineinfo
}

box_build() {
  local log=$build/build.log status=0
  begin build
  if [[ $given_build ]]; then
    [[ -x $program && -x $tests ]] || { finish failed "$build holds no lacuna and lacuna_tests: build them there"; return; }
    finish passed "taken from $build"
    return
  fi
  [[ -d $deps ]] || { finish failed "$deps is missing: run cmake/fetch_deps.sh where there is a network"; return; }
  mkdir -p "$build"
  { configure && within "$(left)" cmake --build "$build" --target lacuna lacuna_tests; } >"$log" 2>&1 || status=$?
  if [[ $status == 124 ]]; then
    finish unfinished "$(grep -oE '^\[[0-9]+/[0-9]+\]' "$log" | tail -n 1) of what was left is built"
  elif [[ $status != 0 ]]; then
    tail -n 40 "$log"
    finish failed "see $log"
  else
    drop_results_of_others
    mkdir -p "$progress"
    finish passed "architectures $(sed -n 's/^LACUNA_CUDA_ARCHS:[A-Z]*=//p' "$build/CMakeCache.txt" | grep . || echo 'none, no CUDA toolkit')"
  fi
}

# counted EXPRESSION of the test cases' lines.
counted() { cat "$build"/tests/shards/*.xml | grep '^    <testcase ' | grep -cE "$1"; }

box_suite() {
  local passed log total skip=() on=Cuda cases failed on_device before
  begin suite
  [[ $rehearsal ]] && on=Emulated
  passed=$progress/passed log=$progress/log
  (( calls )) || rm -rf "$build/tests/shards"
  touch "$passed"
  before=$(wc -l <"$passed")
  (( before == 0 )) || skip=(-E "^($(paste -sd'|' "$passed"))\$")
  total=$(ctest --test-dir "$build" -N "${suite_parts[@]}" | sed -n 's/^Total Tests: //p')
  GTEST_FILTER=$suite_filter ctest --test-dir "$build" --output-on-failure --parallel "$(nproc)" "${suite_parts[@]}" \
    --stop-time "$(date -d "+$(left) seconds" +%T)" "${skip[@]}" >"$log" 2>&1
  sed -nE 's|^ *[0-9]+/[0-9]+ +Test +#[0-9]+: +([^ ]+) \.* +Passed .*|\1|p' "$log" >>"$passed"
  if grep -qE '^ *[0-9]+/[0-9]+ .*\*\*\*(Failed|Exception)' "$log"; then
    sed -n '/tests FAILED/,$p' "$log"
    finish failed "$(wc -l <"$passed") of $total parts passed, see $log"
  elif (( $(wc -l <"$passed") < total )); then
    (( $(wc -l <"$passed") > before )) || { finish failed "no part ended within $seconds s: give it more with --seconds"; return; }
    finish unfinished "$(wc -l <"$passed") of $total parts passed"
  else
    cases=$(counted .) on_device=$(counted "name=\"($on|[^\"]*/${on,,}\").*result=\"completed\"")
    failed=$(cat "$build"/tests/shards/*.xml | grep -c '<failure ')
    (( on_device > 0 && failed == 0 )) || { finish failed "$failed failures, $on_device tests ran on the device '$device'"; return; }
    finish passed "$((cases - $(counted 'result="skipped"'))) of $cases tests ran and passed, $on_device on the device '$device'"
  fi
}
