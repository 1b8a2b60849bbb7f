#!/usr/bin/env bash
# Measures Tapeless against peers and against the processor's limit, or measures the compiler.
#
# usage: scripts/bench.sh [OPTION...] [FILTER]
#        scripts/bench.sh compile [OPTION...]
#
# FILTER is a regular expression on the names of rows, for example 'B_forward' or 'step.*double$'.
#
#   --quick             g++ and the best instruction set only, fewer repetitions
#   --compiler NAME     one compiler of Tapeless (else g++ and, where installed, clang++-19)
#   --arch NAME         one instruction set of Tapeless: avx2 or avx512
#   --peers             first install the packages of all peers
#
# Everything runs in one process on one core, in random order, each figure the least of several;
# rows of several threads, NAME_threads_N, take wall time and further cores. Whatever row it is,
# compare figures of one run, never of two. Results go to build/bench/results.json and results.md.
# `compile` takes seconds, memory and object size of ever deeper networks; see
# scripts/bench_compile.py --help for its options.
set -u
# shellcheck source=scripts/setup.sh
. "$(dirname "$0")/setup.sh"

install_peers() {
  local peers=(libeigen3-dev libopenblas-dev libdnnl-dev libxsmm-dev libtorch-dev) package known=()
  has_command apt-cache ||
    { echo "there is no apt-cache here; please install: ${peers[*]}" >&2; return 1; }
  apt_get update -qq || return 1  # a new system knows no package before
  for package in "${peers[@]}"; do
    if apt-cache show "$package" >/dev/null 2>&1; then known+=("$package"); else
      echo "no package $package here: that peer is left out"; fi
  done
  [ ${#known[@]} -eq 0 ] || install_packages "${known[@]}"
}

if [ "${1:-}" = compile ]; then
  shift
  install_missing g++ || exit 1
  exec python3 "$root/scripts/bench_compile.py" "$@"
fi
compilers=(g++) archs=(avx2) filter=. options=() quick=
has_command clang++-19 && compilers+=(clang++-19)
grep -q -w avx512f /proc/cpuinfo && archs+=(avx512)
best=${archs[-1]}
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --compiler) compilers=("${2:?--compiler needs a name}"); shift ;;
    --arch) archs=("${2:?--arch needs a name}"); shift ;;
    --quick) quick=1 options=(--quick) ;;
    --peers) install_peers || exit 1 ;;
    -*) echo "unknown option $1; try --help" >&2; exit 2 ;;
    *) filter=$1 ;;
  esac
  shift
done
[ "${archs[*]}" != avx512 ] || [ "$best" = avx512 ] ||
  { echo "this processor has no AVX-512" >&2; exit 2; }
if [ -n "$quick" ]; then
  [ ${#compilers[@]} -eq 1 ] || compilers=(g++)
  [ ${#archs[@]} -eq 1 ] || archs=("$best")
fi

build=$root/build/bench
log=$build/build.log
mkdir -p "$build"
# build FOLDER TARGET...
build() {
  ninja -C "$build/$1" -j 2 "${@:2}" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
}
prepare() {
  install_missing "$1" bench || exit 1
  configure "$build/$1" "$1" -Disa=native -Dexamples=false -Dtests=false -Dbench=true \
    >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
}

# The program, the probe and the peers are always g++'s.
prepare g++
build g++ bench/models_bench contest
program=$build/g++/bench/models_bench
modules=("probe:256=$build/g++/bench/probe.256.so")
[ "$best" != avx512 ] || modules+=("probe:512=$build/g++/bench/probe.512.so")
# Of all peers those that the build knows now: a library may have gone since an earlier one.
while read -r peer; do
  label=$(basename "$peer" .so)
  label=${label#peer.}
  modules+=("${label/./:}=$build/g++/$peer")
done < <(ninja -C "$build/g++" -t targets all |
  sed -n 's,^\(bench/peer\.[^:/]*\.so\): .*,\1,p' | sort -u)

engines=$("$program" --list --filter "$filter") || exit 1
[ -n "$engines" ] || { echo "no row matches $filter" >&2; exit 2; }
sources=()
for source in "$root"/bench/engines/*.cpp; do
  name=$(basename "$source" .cpp)
  case $'\n'$engines in *$'\n'"$name"*) sources+=("$name") ;; esac
done
for compiler in "${compilers[@]}"; do
  [ "$compiler" = g++ ] || prepare "$compiler"
  targets=()
  for arch in "${archs[@]}"; do
    for name in "${sources[@]}"; do
      targets+=("bench/tapeless.$arch.$name.so")
      modules+=("tapeless:$compiler:$arch=$build/$compiler/bench/tapeless.$arch.$name.so")
    done
  done
  build "$compiler" "${targets[@]}"
done

"$program" --filter "$filter" "${options[@]}" --json "$build/results.json" \
  --markdown "$build/results.md" "${modules[@]}"
