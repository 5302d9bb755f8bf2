# The boxes memcheck, racecheck, initcheck and synccheck of tests/gpu_acceptance.sh: the tests of the kernels on
# the GPU under compute-sanitizer; small shapes only, since every access is looked at.
# shellcheck shell=bash
# shellcheck disable=SC2154

faults='^=+ (Invalid|Uninitialized|Error:|Warning:|Race|Barrier|Divergent|Program hit|Address)'

# What the tool says of a program that was told to end.
stopped="Error: process didn't terminate successfully|Target application returned an error"

# Those of the same tests that a rehearsal runs: the emulation has checks of its own.
rehearsed='*EmulatedAgrees*/adam_*:*EmulatedAgrees*/bias_activation_*:*EmulatedAgrees*/csr_times_dense_*'

box_sanitizer() {
  local tool=$1 done_tests log status=0 filter='*.CudaAgrees*:*/cuda' what="compute-sanitizer --tool $1" command=()
  begin "$tool"
  done_tests=$progress/done log=$progress/log
  touch "$done_tests"
  if [[ $rehearsal ]]; then
    filter=$rehearsed what="$what is left out"
  else
    command -v compute-sanitizer >/dev/null || { finish skipped "no compute-sanitizer"; return; }
    command=(compute-sanitizer --tool "$tool" --error-exitcode 86)
  fi
  [[ ! -s $done_tests ]] || filter+=-$(paste -sd: "$done_tests")
  GTEST_FILTER=$filter within "$(left)" "${command[@]}" "$tests" >"$log" 2>&1 || status=$?
  sed -nE 's/^\[ +OK \] ([^ ]+) .*/\1/p' "$log" >"$progress/now"
  cat "$progress/now" >>"$done_tests"
  if grep -qi 'device not supported' "$log"; then
    finish skipped "the tool refuses this device"
  elif [[ $status == 124 && -s $progress/now ]] && ! grep -vE "$stopped" "$log" | grep -qE "$faults"; then
    finish unfinished "$what, clean in the first $(wc -l <"$done_tests") tests"
  elif [[ $status == 0 && -s $done_tests ]]; then
    finish passed "$what, clean in $(wc -l <"$done_tests") tests"
  else
    grep -E -A 12 "$faults" "$log" | head -n 40
    finish failed "$(wc -l <"$progress/now") tests passed, then exit code $status: $(grep 'ERROR SUMMARY' "$log" | tail -n 1 | tr -d '=') see $log"
  fi
}
