#!/usr/bin/env bash
# Puts the step law (tests/laws/step_*_test.cpp) through optimizing compilers: every file at -O2 and
# -O3, by both compilers, for all instruction sets that the processor has. The normal tests compile
# these files at -O1.
#
# usage: scripts/step_law.sh [--compiler LIST] [--isa LIST] [--opt LIST] [--only NAME] [--jobs N]
#
#   --compiler LIST   with commas; g++,clang++-19 unless said, as far as they are installed
#   --isa LIST        baseline, avx2, avx512; all that the processor has unless said
#   --opt LIST        levels of optimization; 2,3 unless said
#   --only NAME       the files with that in their name
#   --jobs N          compilations at a time; 1 unless said
#
# One level and one instruction set with both compilers take half an hour of a busy machine. The last
# line is `N passed, N failed`: test cases; a file that does not compile counts as one failure.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
usage() { sed -n '2,/^set -u/{/^#/s/^# \{0,1\}//p}' "$0"; }

compilers='' isas='' levels=2,3 only='' jobs=1
while [ $# -gt 0 ]; do
  case $1 in
    --compiler) compilers=${2:?--compiler needs a list}; shift ;;
    --isa) isas=${2:?--isa needs a list}; shift ;;
    --opt) levels=${2:?--opt needs a list}; shift ;;
    --only) only=${2:?--only needs a name}; shift ;;
    --jobs) jobs=${2:?--jobs needs a number}; shift ;;
    -h | --help) usage; exit 0 ;;
    *) echo "unknown option $1; try --help" >&2; exit 2 ;;
  esac
  shift
done

if [ -z "$compilers" ]; then
  for c in g++ clang++-19; do
    command -v "$c" > /dev/null && compilers=${compilers:+$compilers,}$c
  done
fi
if [ -z "$isas" ]; then
  isas=baseline
  grep -q '\bavx2\b' /proc/cpuinfo && isas+=,avx2
  grep -q '\bavx512vl\b' /proc/cpuinfo && isas+=,avx512
fi

flags_of() {
  case $1 in
    baseline) echo -march=x86-64 ;;
    avx2) echo -march=x86-64 -mavx2 -mfma ;;
    avx512) echo -march=x86-64 -mavx2 -mfma -mavx512f -mavx512bw -mavx512dq -mavx512vl \
      -mprefer-vector-width=512 ;;
    *) echo "unknown instruction set $1; try --help" >&2; exit 2 ;;
  esac
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Compiles and runs one file; prints a line with its name, passed and failed test cases, seconds.
check_file() { # compiler isa level file
  local name; name=$(basename "$4" _test.cpp)
  local program=$folder/$1-$2-$3-$name start=$SECONDS log passed=0 failed=1
  # shellcheck disable=SC2046
  if log=$("$1" -std=c++20 "-O$3" $(flags_of "$2") "-I$root/include" "-I$root/tests" "$4" \
      "$folder/$1.o" -o "$program" 2>&1) && log=$("$program" --warn NoTests 2>&1); then
    passed=$(sed -n 's/.* in \([0-9]*\) test cases\{0,1\})$/\1/p' <<< "$log") failed=0
  elif [ -x "$program" ] && grep -q '^test cases:' <<< "$log"; then
    passed=$(sed -n 's/^test cases:.* \([0-9]*\) passed.*/\1/p' <<< "$log")
    failed=$(sed -n 's/^test cases:.* \([0-9]*\) failed.*/\1/p' <<< "$log")
  fi
  [ "$failed" = 0 ] || tail -n 40 <<< "$log"
  rm -f "$program"
  echo "$1 $2 -O$3 $name: ${passed:-0} passed, $failed failed, $((SECONDS - start)) s"
}
export -f check_file flags_of
export folder root

for c in ${compilers//,/ }; do
  "$c" -std=c++20 -c "$root/tests/main.cpp" -o "$folder/$c.o" ||
    { echo "0 passed, 1 failed"; exit 1; }
done
for level in ${levels//,/ }; do
  for isa in ${isas//,/ }; do
    for c in ${compilers//,/ }; do
      for file in "$root"/tests/laws/step_*"$only"*_test.cpp; do
        [ -f "$file" ] && printf '%s %s %s %s\0' "$c" "$isa" "$level" "$file"
      done
    done
  done
done | xargs -0 -r -P "$jobs" -I{} bash -c 'check_file {}' | tee "$folder/lines"

# shellcheck disable=SC2016
awk '/ passed, [0-9]+ failed, [0-9]+ s$/ { passed += $(NF - 5); failed += $(NF - 3) }
     END { printf "%d passed, %d failed\n", passed, failed
           exit !(passed > 0 && failed == 0) }' "$folder/lines"
