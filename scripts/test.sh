#!/usr/bin/env bash
# Builds Tapeless and runs every test.
#
# usage: scripts/test.sh [--compiler g++|clang++-19] [--isa LIST] [--full] [--quick] [--sanitize]
#                        [--jobs N]
#        scripts/test.sh --target aarch64|riscv64 [--quick] [--jobs N]
#
#   --compiler NAME   compiler to test with; g++ unless said; may be given twice
#   --isa LIST        instruction sets, with commas: baseline,avx2,avx512 unless said, or native
#   --full            every test for every instruction set, and the long suites whole; without it the
#                     sources take turns, each built for one of the sets (tests/meson.build)
#   --quick           native instruction set only, without the must-not-compile tests
#   --target NAME     the core's tests for another processor, by a cross compiler and qemu-user;
#                     with --quick the small part of them that CI runs
#   --sanitize        address and undefined-behaviour sanitizers
#   --jobs N          compilations and tests at a time; 2 unless said
#
# Missing Debian packages are installed. The last line is `N passed, N failed`: Catch2 test cases
# and script checks; a build that fails counts as one failure.
set -u
# shellcheck source=scripts/setup.sh
. "$(dirname "$0")/setup.sh"

compilers=() isa='' part=true quick='' sanitize='' target='' jobs=2
while [ $# -gt 0 ]; do
  case $1 in
    --compiler) compilers+=("${2:?--compiler needs a name}"); shift ;;
    --isa) isa=${2:?--isa needs a list}; shift ;;
    --jobs) jobs=${2:?--jobs needs a number}; shift ;;
    --target) target=${2:?--target needs a name}; shift ;;
    --quick) quick=yes ;;
    --full) part=false ;;
    --sanitize) sanitize=yes ;;
    -h | --help) usage; exit 0 ;;
    *) echo "unknown option $1; try --help" >&2; exit 2 ;;
  esac
  shift
done
if [ -n "$target" ]; then
  install_targets "$target" || { echo "0 passed, 1 failed"; exit 1; }
  [ ${#compilers[@]} -eq 0 ] || { echo "--target has a compiler of its own" >&2; exit 2; }
  exec python3 "$root/scripts/target_tests.py" "$target" --jobs "$jobs" ${quick:+--ci}
fi
[ ${#compilers[@]} -gt 0 ] || compilers=(g++)
: "${isa:=$([ -n "$quick$sanitize" ] && echo native || echo baseline,avx2,avx512)}"

options=("-Disa=$isa" "-Dtests_part=$part" -Dtests=true -Dexamples=true -Dbench=false)
suffix='' report=(--jobs "$jobs")
if [ -n "$sanitize" ]; then
  options+=(-Doptimization=1 -Ddebug=true "-Db_sanitize=address,undefined" -Db_lundef=false)
  options+=(-Dwerror=false)  # g++ warns of its own instrumented standard library
  suffix=-sanitize
else
  options+=(-Dwerror=true)
fi
[ -z "$quick" ] || report+=(--no-suite slow)

fail() { echo "$1"; echo "0 passed, 1 failed"; exit 1; }

folders=()
for compiler in "${compilers[@]}"; do
  folder=$root/build/$compiler$suffix
  install_missing "$compiler" test || fail "set-up failed: a package is missing"
  install_targets aarch64 riscv64 cortex-m4f || echo "tests of other processors are skipped"
  own=("${options[@]}")
  # Two thirds of g++'s time with both sanitizers go into this analysis.
  [[ -z $sanitize || $compiler != g++* ]] || own+=(-Dcpp_args=-fno-tree-pta)
  configure "$folder" "$compiler" "${own[@]}" || fail "set-up failed: $compiler"
  ninja -C "$folder" -j "$jobs" || fail "build failed: $compiler"
  folders+=("$folder")
done
exec python3 "$root/scripts/report_tests.py" "${report[@]}" "${folders[@]}"
