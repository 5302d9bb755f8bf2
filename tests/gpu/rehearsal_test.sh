#!/usr/bin/env bash
# rehearsal_test.sh BUILD: tests/gpu_acceptance.sh on a machine without a GPU, tiny, with the programs of a
# build that is there; then what it says of a GPU, with stand-ins for one and for its figures.
set -euo pipefail

root=$(readlink -f -- "$(dirname -- "$0")/../..")
build=$(readlink -f -- "${1:?a build folder}")
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
nvidia-smi >/dev/null 2>&1 && { echo "SKIPPED: this machine has a GPU"; exit 0; }

fail() { printf 'FAILED: %s\n' "$*"; exit 1; }
# accept STATUS [argument...]
accept() {
  local status=0
  "$root/tests/gpu_acceptance.sh" --build-folder "$build" --tiny --results "$scratch/results" "${@:2}" >"$scratch/log" 2>&1 ||
    status=$?
  [[ $status == "$1" ]] || { cat "$scratch/log"; fail "'${*:2}' ends with $status, expected $1"; }
}
says() { grep -qE -- "$1" "$scratch/${2:-log}" || { cat "$scratch/${2:-log}"; fail "nothing is like '$1'"; }; }

rm -rf "$build/acceptance"
accept 0
grep -E '^===' "$scratch/log"
python3 - "$scratch/results" <<'PYTHON'
import json, pathlib, sys
folder = pathlib.Path(sys.argv[1])
result, text = json.loads((folder / "acceptance.json").read_text()), (folder / "acceptance.md").read_text()
assert "times mean nothing" in result["rehearsal"] and result["rehearsal"] in text
boxes = "build suite memcheck racecheck initcheck synccheck kernels counters autorec mlp".split()
assert list(result["boxes"]) == boxes, result["boxes"]
for name, box in result["boxes"].items():
    assert box["result"] == ("skipped" if name == "counters" else "passed"), (name, box)
    assert f"| {name} | {box['result']} |" in text, name
assert "0 on the device" not in result["boxes"]["suite"]["detail"]
for figure in result["figures"]:
    assert f"| {figure['what']} |" in text, figure
    assert figure.get("verdict", "not judged") == "not judged", figure
    assert figure["value"] is not None or "PyTorch" in figure["what"], figure
assert len(result["kernels"]) > 30 and all(f"| {side} |" in text for side in result["kernels"])
PYTHON

# A box whose time is over goes on with the next call: of two ops of two seconds each, the second.
stub=$scratch/stub
mkdir -p "$stub/experiments"
cat >"$stub/experiments/lacuna" <<'STUB'
#!/bin/sh
case "$*" in
  *--list*) printf '  kernels/copy\n  kernels/one 1\n  kernels/two 1\n' ;;
  *) sleep 2; echo "$*" | sed 's/.*--save //' | while read -r file; do
       echo '{"benchmarks": [{"times_ms": {}}]}' >"$file"
     done ;;
esac
STUB
chmod +x "$stub/experiments/lacuna"
accept 3 --build-folder "$stub" --seconds 3 kernels
says 'kernels: unfinished, 1 of 2 ops'
accept 0 --build-folder "$stub" --seconds 3 kernels
says 'kernels: passed, 2 ops'

# With a GPU that this build cannot use, nothing passes in its stead.
mkdir "$scratch/bin"
printf '#!/bin/sh\necho "Some GPU, 1.0"\n' >"$scratch/bin/nvidia-smi"
chmod +x "$scratch/bin/nvidia-smi"
export PATH=$scratch/bin:$PATH
accept 1 --seconds 60 kernels mlp
says 'kernels: failed'
says 'mlp: failed'
grep -q rehearsal: "$scratch/results/acceptance.md" && fail "a GPU's results are marked as a rehearsal's"
grep -q "^| memcheck " "$scratch/results/acceptance.md" && fail "results of the emulated device are kept for a GPU"

# What the tools of a GPU may say.
printf '#!/bin/sh\necho "========= Invalid __global__ write of size 4 bytes"\nexit 86\n' >"$scratch/bin/compute-sanitizer"
printf '#!/bin/sh\necho "==ERROR== ERR_NVGPUCTRPERM - no permission"\nexit 1\n' >"$scratch/bin/ncu"
chmod +x "$scratch"/bin/*
accept 1 memcheck
says 'Invalid __global__ write'
says 'memcheck: failed'
cat >"$scratch/bin/compute-sanitizer" <<'STUB'
#!/bin/sh
echo "[       OK ] One.Test (1 ms)"
end() { echo "========= Error: process didn't terminate successfully"; exit 1; }
trap end TERM
sleep 20 & wait
STUB
accept 3 --seconds 2 memcheck
says 'memcheck: unfinished, .*clean in the first 1 tests'
accept 0 counters
says 'counters: skipped, ncu counts nothing here: .*ERR_NVGPUCTRPERM'
printf '#!/bin/sh\necho "illegal memory access"\nexit 1\n' >"$scratch/bin/ncu"
accept 1 counters
says 'counters: failed, .*exit code 1'
printf '#!/bin/sh\n' >"$stub/experiments/lacuna"
accept 1 --build-folder "$stub" kernels
says 'kernels: failed, .*lists no kernels'

# Goals are judged, and what ncu counts is halved: it sees two calls.
state=$scratch/state
mkdir -p "$state"/{kernels,counters,autorec}
cat >"$state/kernels/adam.json" <<'JSON'
{"benchmarks": [{"times_ms": {"copy": {"median": 1, "gb_per_s": 4000},
  "adam 1x2": {"median": 2, "bytes": 1e6, "gb_per_s": 3700, "share_of_copy": 0.925},
  "add 1x0": {"median": 2, "bytes": 1e6, "gb_per_s": 3000, "share_of_copy": 0.75}}}]}
JSON
cat >"$state/counters/adam 1x2.csv" <<'CSV'
==PROF== Connected
"ID","Kernel Name","dram__bytes_read.sum","dram__bytes_write.sum","lts__t_sectors.sum"
"","","byte","byte","sector"
"0","adam","9","9","9"
"1","adam","1,600,000","400,000","100,000"
CSV
cat >"$state/autorec/ours.json" <<'JSON'
{"benchmarks": [{"shape": {}, "times_ms": {"full_batch": {"median": 1.6}, "full_batch device": {"median": 1.55}}}]}
JSON
python3 "$root/tests/gpu/summary.py" --state "$state" --results "$scratch/results" --gpu Some >"$scratch/log"
says 'least share .*: 0.75 \(>= 0.9\): missed'
says 'AutoRec full_batch, ms .*: 1.6 \(<= 1.5\): missed'
says 'full_batch, share .*: 0.9688 \(>= 0.95\): met'
says '^\| adam 1x2 \| 2 \| 1 \| 2 \| 3.2 \| 3700 \| 0.925 \| met \|$' results/acceptance.md
says '^\| add 1x0 .*\| missed \|$' results/acceptance.md
echo "rehearsal: passed"
