#!/usr/bin/env bash
# Unpacks the Debian libraries that the build and the tests need into a folder, for a machine without a
# network: cmake -D LACUNA_DEPS=FOLDER takes them from there. Needs no root; run it on Debian bookworm.
#   cmake/fetch_deps.sh [FOLDER]    default: .deps beside this repository's files, at most 60 MiB
set -euo pipefail

root=$(readlink -f -- "$(dirname -- "$0")/..")
folder=$(realpath -m -- "${1:-$root/.deps}")
most_mib=60
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
tree=$scratch/tree

fail() { printf 'fetch_deps: %s\n' "$*" >&2; exit 1; }

# What the packages, and what they depend on, are called.
closure() {
  apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces \
    --no-enhances "$@" | grep '^[a-z0-9]' | sort -u
}

# The libraries of packages.txt, without what comes with every compiler and has to fit the machine.
packages() {
  local libraries compiler
  mapfile -t libraries < <(awk '($1 == "build" || $1 == "test") && $2 ~ /-dev$/ { print $2 }' \
    "$root/cmake/packages.txt")
  closure "${libraries[@]}" >"$scratch/all"
  mapfile -t compiler < <(grep -E '^(libstdc\+\+-[0-9]+-dev|libc6-dev|libstdc\+\+6|libgomp1)$' "$scratch/all")
  comm -23 "$scratch/all" <(closure "${compiler[@]}")
}

unpack() {
  local names package
  mapfile -t names < <(packages)
  (( ${#names[@]} )) || fail "no packages found: run apt-get update first"
  (cd -- "$scratch" && apt-get -qq -o APT::Sandbox::User="$(id -un)" download "${names[@]}") ||
    fail "the packages could not be downloaded: is the package list up to date?"
  mkdir -p "$tree/usr/lib"
  for package in "$scratch"/*.deb; do dpkg -x "$package" "$tree"; done
  [[ ! -d $tree/lib ]] || cp -a "$tree/lib/." "$tree/usr/lib/"
}

# Boost's headers alone are 160 MB: those that our sources reach are kept.
prune_boost() {
  local include=$tree/usr/include header
  [[ -d $include/boost ]] || return 0
  mv "$include/boost" "$scratch/all_boost"
  mkdir "$scratch/include" && ln -s ../all_boost "$scratch/include/boost"
  { grep -rhoE --include='*.[ch]pp' --include='*.cu*' '#include <boost/[^>]+>' \
      "$root"/{kernels,runtime,models,experiments,tests} || true; } | sort -u |
    g++ -std=c++20 -M -I "$scratch/include" -x c++ - | tr -s ' ' '\n' |
    sed -n "s|^$scratch/include/boost/||p" | sort -u >"$scratch/headers"
  while read -r header; do
    install -D -m 644 "$scratch/all_boost/$header" "$include/boost/$header"
  done <"$scratch/headers"
}

prune() {
  prune_boost
  find "$tree" -mindepth 1 -maxdepth 1 ! -name usr -exec rm -rf {} +
  find "$tree/usr" -mindepth 1 -maxdepth 1 ! -name include ! -name lib ! -name share -exec rm -rf {} +
  find "$tree/usr/share" -mindepth 1 -maxdepth 1 ! -name cmake -exec rm -rf {} +
}

# A package's links may begin at the root of the system.
repair_links() {
  local link target
  while read -r link; do
    target=$(readlink -- "$link")
    [[ $target == /* ]] || continue
    target=$tree/usr${target#/usr}
    ln -sfn -- "$(realpath -m --relative-to="$(dirname -- "$link")" -- "$target")" "$link"
  done < <(find "$tree" -type l)
  find "$tree" -xtype l -delete
}

unpack
prune
repair_links
size=$(du -sm -- "$tree" | cut -f1)
(( size <= most_mib )) || fail "$size MiB, more than $most_mib: see what grew in $(du -m -d 4 "$tree" | sort -n | tail -n 3)"
rm -rf -- "$folder"
mkdir -p -- "$(dirname -- "$folder")"
mv -- "$tree" "$folder"
printf '%s: %d MiB\n' "$folder" "$size"
