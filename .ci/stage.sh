# For .ci/run and .ci/full, which source it.
# shellcheck shell=bash

stage() {  # stage NAME COMMAND...
  local start=$SECONDS
  printf '=== %s\n' "$1"
  "${@:2}" || { printf '=== %s: failed after %d s\n' "$1" $((SECONDS - start)); exit 1; }
  printf '=== %s: %d s\n' "$1" $((SECONDS - start))
}
