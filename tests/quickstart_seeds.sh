#!/usr/bin/env bash
# The quickstart over several seeds of its generator: tests/quickstart_seeds.sh [SEEDS, default 10]
# Passes if SN ends below no-SN on at least nine of ten (all, where there are fewer), and both lie
# between the noise floor and the bias baseline on every one.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
seeds=${1:-10}
output=$(mktemp -d)
trap 'rm -rf -- "$output"' EXIT

better=0
for ((seed = 0; seed < seeds; seed++)); do
  ./lacuna train experiments/quickstart.json "data.seed=$seed" "output.root=$output" >"$output/table"
  read -r bias floor with without < <(awk '
    /^user \+ item bias/ { bias = $5 }
    /^noise floor/ { floor = $3 }
    /^with SN/ { with = $3 }
    /^without SN/ { without = $3 }
    END { print bias, floor, with, without }' "$output/table")
  echo "seed $seed: noise floor $floor, with SN $with, without SN $without, bias baseline $bias"
  awk -v b="$bias" -v f="$floor" -v w="$with" -v o="$without" \
    'BEGIN { exit !(f < w && w < b && f < o && o < b) }' ||
    { echo "seed $seed: not between the noise floor and the bias baseline" >&2; exit 1; }
  if awk -v w="$with" -v o="$without" 'BEGIN { exit !(w < o) }'; then better=$((better + 1)); fi
done
echo "SN is better on $better of $seeds seeds"
((better * 10 >= seeds * 9))
