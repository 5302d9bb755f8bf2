#!/usr/bin/env bash
# bootstrap_test.sh CASE: runs a copy of ./lacuna on a toy project. The package tools are stand-ins, so
# nothing is installed; cmake, ninja and ctest are the real ones.
set -euo pipefail
unset "${!LACUNA_@}"

repository=$(readlink -f -- "$(dirname -- "$0")/../..")
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
toy=$scratch/toy
bin=$scratch/bin
log=$scratch/log  # one line per call of a logged tool
mkdir -p "$bin"

fail() { printf 'FAILED: %s\n--- stdout\n%s\n--- stderr\n%s\n' "$*" "${out:-}" "${err:-}"; exit 1; }
expect() { [[ $2 == "$3" ]] || fail "$1: '$2', expected '$3'"; }
expect_like() { [[ $2 =~ $3 ]] || fail "$1: '$2' is not like '$3'"; }

# tool NAME LINE: a stand-in that runs one line of shell.
tool() { printf '#!/bin/sh\n%s\n' "$2" >"$bin/$1" && chmod +x "$bin/$1"; }
logged() { printf 'echo "%s $*" >>"%s"; %s' "$1" "$log" "$2"; }

make_toy() {
  mkdir -p "$toy"/{kernels,runtime,models,experiments,cmake}
  cp "$repository"/{lacuna,CMakePresets.json} "$toy/"
  cp "$repository/cmake/packages.txt" "$toy/cmake/"
  cp "$repository/tests/bootstrap/toy.cmake" "$toy/CMakeLists.txt"
  # shellcheck disable=SC2016
  printf '#!/bin/sh\necho "$PWD" "$@"\n' >"$toy/experiments/program.sh"
  chmod +x "$toy/experiments/program.sh"
  touch "$toy/kernels/op.cpp"
  # shellcheck disable=SC2016
  tool dpkg-query 'shift 3; for package; do echo "installed $package"; done'
  tool cmake "$(logged cmake "exec '$(command -v cmake)' \"\$@\"")"
  tool apt-get "$(logged apt-get true)"
  tool sudo 'exit 1'
  PATH=$bin:$PATH
}

# call COMMAND...: sets status, out, err, and calls (what the logged tools were asked for).
call() {
  : >"$log"
  status=0
  out=$("$@" 2>"$scratch/err" </dev/null) || status=$?
  err=$(<"$scratch/err")
  calls=$(<"$log")
}

case_ordinary_user() {
  tool dpkg-query 'exit 1'
  tool id 'echo 1000'
  call "$toy/lacuna" train
  expect status "$status" 2
  expect stdout "$out" ""
  expect 'lines to run' "$(grep -c '^sudo apt-get update && sudo apt-get install' <<<"$err")" 1
  expect_like 'the line' "$err" ' g\+\+ .* libdnnl-dev '
  [[ $err != *gtest* ]] || fail "train asks for the tests' packages"
  [[ -z $calls && ! -e $toy/build ]] || fail "something was done: $calls"
  call "$toy/lacuna" test
  expect status "$status" 2
  expect_like 'the line' "$err" 'libgtest-dev'
}

case_root() {
  tool dpkg-query 'echo "installed cmake"; echo "config-files g++"; exit 1'
  tool id 'echo 0'
  call "$toy/lacuna" train
  expect status "$status" 0
  expect_like 'what was called' "$calls" 'apt-get .*update.*apt-get .*install -y .*g\+\+ .*cmake -S'
  [[ $calls != *"-recommends g++ cmake"* ]] || fail "an installed package is installed again"
}

case_sudo() {
  tool dpkg-query 'exit 1'
  tool id 'echo 1000'
  # shellcheck disable=SC2016
  tool sudo 'test "$1" = -n && shift && exec "$@"'
  call "$toy/lacuna" train
  expect status "$status" 0
  expect_like 'what was called' "$calls" 'apt-get .*install'
}

case_failed_install() {
  tool dpkg-query 'exit 1'
  tool id 'echo 0'
  tool apt-get 'echo "no route to the mirror"; exit 100'
  call "$toy/lacuna" train
  expect status "$status" 1
  expect stdout "$out" ""
  expect_like stderr "$err" 'no route to the mirror.*packages could not be installed'
}

case_fast_path() {
  mkdir "$scratch/elsewhere"
  ln -s ../toy/lacuna "$scratch/elsewhere/link"
  cd "$scratch/elsewhere"
  call ./link train 'a  b'
  expect status "$status" 0
  expect stdout "$out" "$PWD train a  b"
  for program in ./link ../toy/lacuna "$toy/lacuna"; do
    call "$program" train 'a  b'
    expect stdout "$out" "$PWD train a  b"
    expect 'what was called' "$calls" ""
    expect stderr "$err" ""
  done
}

case_sources() {
  call "$toy/lacuna"
  mkdir -p "$toy/experiments/bench/results"
  touch "$toy"/experiments/{mine.json,README.md,bench/results/table.cpp} "$toy/kernels/.op.cpp.swp"
  call "$toy/lacuna"
  expect 'called for files that are no sources' "$calls" ""
  local change
  for change in "touch $toy/kernels/op.cpp" "touch -d 2001-01-01 $toy/kernels/op.cpp" \
    "touch $toy/models/new.cpp" "rm $toy/kernels/op.cpp"; do
    $change
    call "$toy/lacuna"
    expect_like "called after $change" "$calls" 'cmake --build'
  done
}

case_moved() {
  call "$toy/lacuna"
  mv "$toy" "$scratch/moved"
  touch "$scratch/moved/experiments/program.sh"
  call "$scratch/moved/lacuna" train
  expect status "$status" 0
  expect_like 'what was called' "$calls" 'cmake -S .* --fresh'
}

case_compiler_gone() {
  call "$toy/lacuna"
  printf 'CMAKE_CXX_COMPILER:FILEPATH=/no/such/c++\n' >>"$toy/build/release/CMakeCache.txt"
  touch "$toy/experiments/program.sh"
  call "$toy/lacuna"
  expect status "$status" 0
  expect_like 'what was called' "$calls" 'cmake -S .* --fresh'
}

case_failed_build() {
  call "$toy/lacuna"
  printf 'if then\n' >"$toy/experiments/program.sh"
  for _ in 1 2; do
    call "$toy/lacuna" train
    expect status "$status" 1
    expect stdout "$out" ""
    expect_like stderr "$err" 'program.sh.*yntax error.*the build failed'
  done
}

case_read_only() {
  printf 'in the way\n' >"$toy/build"
  call "$toy/lacuna" train
  expect status "$status" 5
  expect_like stderr "$err" 'cannot write to .*toy/build'
}

case_program_output() {
  printf 'echo "{}"; exit 4\n' >>"$toy/experiments/program.sh"
  cd "$toy"
  call ./lacuna train --json
  expect stdout "$out" "$toy train --json"$'\n{}'
  expect status "$status" 4
}

case_test_summary() {
  call "$toy/lacuna" train
  call "$toy/lacuna" test
  expect status "$status" 1
  expect 'last line' "${out##*$'\n'}" "3 passed, 4 failed, 3 skipped"
  call "$toy/lacuna" test -R '^toy.passes'
  expect status "$status" 0
  expect 'last line' "${out##*$'\n'}" "2 passed, 0 failed, 0 skipped"
  call "$toy/lacuna" test -R nothing
  expect status "$status" 1
  expect 'last line' "${out##*$'\n'}" "0 passed, 0 failed, 0 skipped"
  expect_like 'tests and program' "$calls" 'LACUNA_BUILD_TESTS=ON'
}

make_toy
"case_$1"
