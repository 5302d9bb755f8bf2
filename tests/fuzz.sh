#!/usr/bin/env bash
# Fuzzes every parser with libFuzzer, under AddressSanitizer and UBSan: tests/fuzz.sh [SECONDS [TARGET...]]
# Each target gets so many seconds (default 60). What is found goes to build/fuzz/findings/, inputs that
# reach new code to build/fuzz/corpus/. Needs clang-16 and libclang-rt-16-dev. A finding runs again by
# build/fuzz/tests/fuzz/fuzz_TARGET FILE; with its mend it belongs into tests/fuzz/corpus/.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
seconds=${1:-60}
targets=("${@:2}")
[[ ${#targets[@]} -gt 0 ]] || mapfile -t targets < <(ls tests/fuzz/corpus)
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz -- --quiet

[[ -d /dev/shm ]] && memory=/dev/shm || memory=${TMPDIR:-/tmp}
TEST_TMPDIR=$(mktemp -d -p "$memory")
export TEST_TMPDIR
trap 'rm -rf -- "$TEST_TMPDIR"' EXIT

failed=()
mkdir -p build/fuzz/findings
for target in "${targets[@]}"; do
  new=build/fuzz/corpus/$target
  mkdir -p "$new"
  echo "=== $target"
  build/fuzz/tests/fuzz/fuzz_"$target" -max_total_time="$seconds" -max_len=4096 -timeout=60 -verbosity=0 \
    -print_final_stats=1 -artifact_prefix="build/fuzz/findings/$target-" "$new" "tests/fuzz/corpus/$target" \
    || failed+=("$target")
done
[[ ${#failed[@]} == 0 ]] || { echo "faults found: ${failed[*]}; see build/fuzz/findings/" >&2; exit 1; }
echo "no faults found"
