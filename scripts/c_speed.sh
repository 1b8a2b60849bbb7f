#!/usr/bin/env bash
# Times exported C files against the engine and against plain C loops: one sample, 32 samples and a
# training step of 2-8-1, 16-64-32-32-5 and 784-128-64-10, all with the same flags. Prints the
# shortest of 300 rounds in nanoseconds, exported / engine, and plain / exported.
#
#   scripts/c_speed.sh [C_COMPILER [FLAG...]]     gcc -O3 -mavx2 -mfma unless said

set -euo pipefail
# shellcheck source=scripts/setup.sh
. "$(dirname "$0")/setup.sh"
case ${1:-} in -h | --help) usage; exit ;; esac

compiler=${1:-gcc}
[ $# -eq 0 ] || shift
flags=("$@")
[ ${#flags[@]} -gt 0 ] || flags=(-O3 -mavx2 -mfma)
own=$root/scripts/c_speed
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"${CXX:-g++}" -std=c++20 -O0 -I"$root/include" -I"$own" "$own/write.cpp" -o write -lfmt
./write
"$compiler" -std=c99 -Wall -Wextra -Wconversion -Wshadow "${flags[@]}" -c networks.c
"$compiler" -std=c99 "${flags[@]}" -c "$own/plain.c"
"${CXX:-g++}" -std=c++20 -O3 -march=x86-64 -mavx2 -mfma -DNDEBUG -I"$root/include" -I"$own" \
  "$own/speed.cpp" networks.o plain.o -lm -o speed
echo "$compiler ${flags[*]}"
./speed
