#!/usr/bin/env bash
# Shows that each README command is the only one needed on a fresh machine: in a minimal Debian bookworm
# (debootstrap, chroot) with nothing but a clean clone, an ordinary user is told what to run, and root's
# `./lacuna train` and `./lacuna test` succeed, each in a machine of its own.
# Needs root, git, debootstrap, a Debian mirror, about 6 GB in TMPDIR. Uncommitted changes are not part of the clone.
#   tests/fresh_machine.sh [--keep] [--mirror URL]    --keep leaves the machines behind
set -euo pipefail

repository=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")
keep=
# shellcheck disable=SC2016  # apt expands it
mirror=$(apt-get indextargets --format '$(REPO_URI)' | awk '/debian\/?$/ && !found++') || true
while (( $# )); do
  case $1 in
    --keep) keep=1 ;;
    --mirror) mirror=${2:?a URL must follow --mirror}; shift ;;
    *) printf 'unknown option %s\n' "$1" >&2; exit 2 ;;
  esac
  shift
done
mirror=${mirror:-http://deb.debian.org/debian}

# Mounts live in a namespace of this script's own: whatever goes wrong, they end with it.
if [[ -z ${LACUNA_OWN_MOUNTS:-} ]]; then
  export LACUNA_OWN_MOUNTS=1
  exec unshare --mount --propagation private -- "$0" --mirror "$mirror" ${keep:+--keep}
fi

machines=$(mktemp -d -t lacuna_machines.XXXXXX)
clean_up() {
  local machine
  for machine in "$machines"/*/; do
    if mountpoint -q "$machine/proc"; then umount -l "$machine/proc"; fi
  done
  if [[ $keep ]]; then
    printf 'machines kept in %s\n' "$machines"
  else
    rm -rf --one-file-system -- "$machines"
  fi
}
trap clean_up EXIT

step() { printf '=== %s (%d s)\n' "$*" "$SECONDS"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

# in_machine NAME USER COMMAND: a clean environment, in the clone's folder.
in_machine() {
  chroot --userspec="$2" "$machines/$1" /usr/bin/env -i HOME=/tmp LANG=C.UTF-8 \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    /bin/bash -c "cd /srv/lacuna && $3" </dev/null
}

step "debootstrap from $mirror"
mkdir "$machines/train"
debootstrap --variant=minbase bookworm "$machines/train" "$mirror" >"$machines/debootstrap.log" ||
  { tail -n 20 "$machines/debootstrap.log"; fail debootstrap; }
# How this machine reaches the network: a proxy, a dated mirror.
apt-config dump | grep -E '^Acquire::(http|https|Check-)' >"$machines/train/etc/apt/apt.conf.d/99network" || true
cp -L /etc/resolv.conf /etc/hosts "$machines/train/etc/"
git clone --quiet --no-local "$repository" "$machines/train/srv/lacuna"
cp -a "$machines/train" "$machines/test"
for machine in train test; do mount -t proc proc "$machines/$machine/proc"; done

step "an ordinary user without sudo"
status=0
output=$(in_machine train nobody:nogroup './lacuna train experiments/quickstart.json' 2>&1) || status=$?
printf '%s\n' "$output"
[[ $status == 2 ]] || fail "ends with $status, expected 2"
[[ $(grep -c 'apt-get install' <<<"$output") == 1 ]] || fail "does not name one line to run"

step "root: ./lacuna train experiments/quickstart.json"
in_machine train root:root './lacuna train experiments/quickstart.json' || fail "ends with $?"
in_machine train root:root '! dpkg-query -W libgtest-dev 2>/dev/null' || fail "train installed the tests' packages"

step "root: ./lacuna test"
in_machine test root:root './lacuna test' | tee "$machines/test.log" || fail "the tests"
tail -n 1 "$machines/test.log" | grep -Eqx '[1-9][0-9]* passed, 0 failed, [0-9]+ skipped' || fail "the last line"

step "fresh machine: passed"
