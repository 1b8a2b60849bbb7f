#!/usr/bin/env bash
# Builds the benchmarks for this processor and runs them.
#
# usage: scripts/bench.sh [--compiler g++|clang++-19] [FILTER [GOOGLE_BENCHMARK_OPTION...]]
#        scripts/bench.sh compile [OPTION...]
#
# FILTER is a regular expression on benchmark names, for example 'B_forward'. Each figure is the
# minimum of several repetitions, pinned to one core: compare figures of one run, never of two.
# `compile` measures the compiler instead: seconds, memory and object size of ever deeper networks
# (scripts/bench_compile.py; its options follow). Results are also written as JSON to build/bench.
set -u
# shellcheck source=scripts/setup.sh
. "$(dirname "$0")/setup.sh"

compiler=${CXX:-g++}
case ${1:-} in
  -h | --help) usage; exit 0 ;;
  --compiler) compiler=${2:?--compiler needs a name}; shift 2 ;;
  compile) shift; exec python3 "$root/scripts/bench_compile.py" "$@" ;;
  -*) echo "unknown option $1; try --help" >&2; exit 2 ;;
esac
filter=${1:-.}
[ $# -eq 0 ] || shift

folder=$root/build/bench/$compiler
install_missing "$compiler" bench || exit 1
configure "$folder" "$compiler" -Disa=native -Dexamples=false -Dtests=false -Dbench=true ||
  { echo "set-up failed" >&2; exit 1; }
ninja -C "$folder" -j 2 || exit 1

pin=()
if has_command taskset; then pin=(taskset -c "$(($(nproc) - 1))"); fi
status=0
for program in "$folder"/bench/*_bench; do
  "${pin[@]}" "$program" --benchmark_filter="$filter" --benchmark_out_format=json \
    --benchmark_out="$folder/$(basename "$program").json" "$@" || status=1
done
exit $status
