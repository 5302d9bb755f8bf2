#!/usr/bin/env bash
# The MovieLens experiments to the end, and the marks they must reach: tests/real_data.sh
# Needs LACUNA_DATA, a folder with ml-100k and ml-1m; takes about five minutes on two cores.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
[[ -n ${LACUNA_DATA:-} ]] || { echo "skipped: LACUNA_DATA is not set"; exit 0; }
output=$(mktemp -d)
trap 'rm -rf -- "$output"' EXIT

check() {  # check EXPERIMENT LARGEST_RMSE
  ./lacuna train "experiments/collaborative_filtering/$1.json" "output.root=$output" | tee "$output/table"
  awk -v name="$1" -v most="$2" '
    $1 == name { found = 1; ok = ($2 <= most) && ($3 > 0) }
    END { exit !(found && ok) }' "$output/table" || { echo "$1: above $2" >&2; exit 1; }
}
check autorec_item_ml100k 0.900
check autorec_user_ml100k 0.940
check autorec_item_ml1m 0.832
check autorec_user_ml1m 0.860
echo "all marks reached"
