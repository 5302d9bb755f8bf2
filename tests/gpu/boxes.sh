# What the boxes of tests/gpu_acceptance.sh share, which sources it. A box is one call's work: it ends inside
# its seconds, and says whether a further call goes on. Its result is a file, what it has done so far a folder.
# shellcheck shell=bash
# shellcheck disable=SC2154  # the script that sources this has set the variables

say() { printf '=== %s\n' "$*"; }

# Fails where there is none.
gpu() {
  local found
  if found=$(nvidia-smi --query-gpu=name,driver_version --format=csv,noheader 2>/dev/null) && [[ $found ]]; then
    echo "${found%%$'\n'*}"
  else
    compgen -G '/proc/driver/nvidia/gpus/*' >/dev/null && echo "NVIDIA, but nvidia-smi does not answer"
  fi
}

# What results belong to: of another commit, of other programs or on another device they do not count.
results_key() {
  printf '%s %s\n' "$commit" "$device"
  cat -- "$program" "$tests" 2>/dev/null | cksum
}
drop_results_of_others() {
  local key before built=''
  key=$(results_key) before=$(cat "$state/key" 2>/dev/null)
  [[ $key != "$before" ]] || return 0
  # The programs change while they are built.
  [[ ${key%%$'\n'*} != "${before%%$'\n'*}" ]] || built=$(cat "$state/build.box" 2>/dev/null)
  rm -rf -- "${state:?}"
  mkdir -p "$state"
  echo "$key" >"$state/key"
  [[ ! $built ]] || echo "$built" >"$state/build.box"
}

# begin BOX: sets progress, a folder that lasts until the box is done, and deadline.
begin() {
  local result=
  box=$1 started=$SECONDS spent=0 calls=0
  progress=$state/$box
  [[ ! -f $progress.box ]] || IFS=$'\t' read -r result _ spent calls <"$progress.box"
  [[ $result == unfinished ]] || { rm -rf -- "$progress"; spent=0 calls=0; }
  mkdir -p "$progress"
  deadline=$((SECONDS + seconds))
}
left() { echo $((deadline > SECONDS ? deadline - SECONDS : 1)); }

# finish RESULT DETAIL: what the summary says of the box. RESULT: passed, failed, skipped, or unfinished, which
# a further call goes on with. Returns 0, 1 where it failed, 3 where it is unfinished.
finish() {
  printf '%s\t%s\t%s\t%s\n' "$1" "${2//$'\t'/ }" $((spent + SECONDS - started)) $((calls + 1)) >"$progress.box"
  say "$box: $1${2:+, $2} ($((SECONDS - started)) s)"
  case $1 in failed) return 1 ;; unfinished) return 3 ;; esac
}

# within SECONDS_LEFT COMMAND...: 124 where the time was over, also for what does not end when it is told to.
within() {
  local status=0 end=$((SECONDS + $1))
  timeout --kill-after=10 "$@" || status=$?
  (( status == 137 && SECONDS >= end )) && return 124
  return "$status"
}
