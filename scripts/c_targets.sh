#!/usr/bin/env bash
# Exported C files on other processors: compiles networks for this machine, AArch64, RISC-V and a
# Cortex-M4F, runs them (under qemu where needed), compares their numbers with the engine's, and
# prints what they take of a Cortex-M4F: bytes of code, of constants, of stack.
#
#   scripts/c_targets.sh            everything; installs the cross compilers and qemu where missing
#   scripts/c_targets.sh --quick    this machine and AArch64 with what is installed; exit status 77
#                                   where there is no AArch64 compiler or emulator

set -euo pipefail
# shellcheck source=scripts/setup.sh
. "$(dirname "$0")/setup.sh"

quick=
case ${1:-} in
  --quick) quick=1 ;;
  -h | --help) usage; exit ;;
  '') ;;
  *) usage >&2; exit 2 ;;
esac

if [ -n "$quick" ]; then
  for command in aarch64-linux-gnu-gcc qemu-aarch64; do
    has_command $command || { echo "skipped: there is no $command here"; exit 77; }
  done
else
  install_targets aarch64 riscv64 cortex-m4f
fi

here=$root/scripts/c_targets
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
"${CXX:-g++}" -std=c++20 -O1 -I"$root/include" "$here/make.cpp" -o make -lfmt
./make
networks=(circle classifier digits smooth circle_training classifier_training)
flags=(-std=c99 -O2 -Wall -Wextra -Wconversion -Wshadow -Wdouble-promotion -Werror)
failed=0

# check NAME COMPILER RUNNER FLAG...: compiles and runs everything for one processor.
check() {
  local name=$1 compiler=$2 runner=$3
  shift 3
  echo "== $name"
  mkdir -p "$name"
  for n in "${networks[@]}"; do
    "$compiler" "${flags[@]}" "$@" -c "$n.c" -o "$name/$n.o"
  done
  "$compiler" -std=c99 -O2 "$@" check.c "$name"/*.o ${extra[@]+"${extra[@]}"} -lm -o "$name/check"
  $runner "$name/check" || { echo "$name differs"; failed=1; }
}

extra=()
check host "${CC:-cc}" ''
check aarch64 aarch64-linux-gnu-gcc 'qemu-aarch64 -L /usr/aarch64-linux-gnu' -static
[ -n "$quick" ] && exit $failed
check riscv64 riscv64-linux-gnu-gcc 'qemu-riscv64 -L /usr/riscv64-linux-gnu' -static

m4=(-mcpu=cortex-m4 -mthumb -mfpu=fpv4-sp-d16 -mfloat-abi=hard)
arm-none-eabi-gcc "${m4[@]}" -std=gnu99 -O2 -c "$here/cortex_m4.c" -o start.o
extra=(start.o -T "$here/cortex_m4.ld" -nostartfiles --specs=rdimon.specs)
check cortex-m4f arm-none-eabi-gcc \
  'qemu-system-arm -M mps2-an386 -nographic -monitor none -serial none
   -semihosting-config enable=on,target=native -kernel' \
  "${m4[@]}" -ffunction-sections -fstack-usage

# section OBJECT PATTERN: bytes of the sections whose names match.
section() { arm-none-eabi-size -A "$1" | awk -v p="$2" '$1 ~ p { n += $2 } END { print n + 0 }'; }
# stack OBJECT FUNCTION: bytes of stack of a function.
stack() { awk -F'\t' -v f=":$2\$" '$1 ~ f { print $2 }' "${1%.o}.su"; }

echo "== bytes on a Cortex-M4F, gcc -O2"
printf '%-22s %8s %10s %8s   %s\n' network code constants static 'stack of each function'
for n in "${networks[@]}"; do
  o=cortex-m4f/$n.o
  stacks=
  for f in forward loss gradient step; do
    bytes=$(stack "$o" "${n}_$f")
    [ -z "$bytes" ] || stacks+="$f $bytes  "
  done
  printf '%-22s %8s %10s %8s   %s\n' "$n" "$(section "$o" '^.text')" "$(section "$o" '^.rodata')" \
    "$(section "$o" '^.(data|bss)')" "$stacks"
done
exit $failed
