#!/usr/bin/env bash
# The quickstart over several seeds of its generator: tests/quickstart_seeds.sh [SEEDS, default 10]
# Its settings were chosen on the validation ratings of seed 0. Passes if SN ends below the constant scale and
# below neither on at least nine of ten (all, where there are fewer), and all three lie between the noise floor
# and the bias baseline on every one.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
seeds=${1:-10}
output=$(mktemp -d)
trap 'rm -rf -- "$output"' EXIT

better=0
for ((seed = 0; seed < seeds; seed++)); do
  ./lacuna train experiments/quickstart.json "data.seed=$seed" "output.root=$output" >"$output/table"
  # The first table ends with an empty line; others have the same arms.
  read -r bias floor with constant without < <(awk '
    /^$/ { exit }
    /^user \+ item bias/ { bias = $5 }
    /^noise floor/ { floor = $3 }
    /^with SN/ { with = $3 }
    /^constant scale/ { constant = $3 }
    /^without SN/ { without = $3 }
    END { print bias, floor, with, constant, without }' "$output/table")
  echo "seed $seed: noise floor $floor, with SN $with, constant scale $constant, without SN $without," \
    "bias baseline $bias"
  for arm in "$with" "$constant" "$without"; do
    awk -v b="$bias" -v f="$floor" -v a="$arm" 'BEGIN { exit !(f < a && a < b) }' ||
      { echo "seed $seed: not between the noise floor and the bias baseline" >&2; exit 1; }
  done
  if awk -v w="$with" -v c="$constant" -v o="$without" 'BEGIN { exit !(w < c && w < o) }'; then
    better=$((better + 1))
  fi
done
echo "SN is better on $better of $seeds seeds"
((better * 10 >= seeds * 9))
