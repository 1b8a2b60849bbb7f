#!/usr/bin/env bash
# The core on a Cortex-M4F: compiles networks without exceptions, RTTI and heap, runs them under
# qemu-system-arm, compares what they print with this machine, and prints what they take: bytes of
# flash, of RAM and of stack.
#
#   scripts/targets/cortex_m4f.sh            installs the compiler and the emulator where missing
#   scripts/targets/cortex_m4f.sh --check    with what is installed; exit status 77 without

set -euo pipefail
# shellcheck source=scripts/setup.sh
. "$(dirname "$0")/../setup.sh"

case ${1:-} in
  --check)
    for command in arm-none-eabi-g++ qemu-system-arm; do
      has_command $command || { echo "skipped: there is no $command here"; exit 77; }
    done ;;
  -h | --help) usage; exit ;;
  '') install_targets cortex-m4f ;;
  *) usage >&2; exit 2 ;;
esac

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
source=$root/scripts/targets/cortex_m4f.cpp
flags=(-std=c++20 -O2 -DNDEBUG -Wall -Wextra -Wconversion -Wshadow -Werror "-I$root/include")
"${CXX:-g++}" "${flags[@]}" "$source" -o "$folder/host"
"$folder/host" >"$folder/host.txt"

# Header libraries alone: the C library of this machine is in /usr/include too.
for header in boost/hana.hpp xsimd/xsimd.hpp; do
  found=$(echo "#include <$header>" | "${CXX:-g++}" -std=c++20 -E -M -x c++ - | tr ' ' '\n' |
    awk -v header="/$header" 'index($0, header) && !n++')
  ln -s "$(dirname "$found")" "$folder/${header%%/*}"
done
m4=(-mcpu=cortex-m4 -mthumb -mfpu=fpv4-sp-d16 -mfloat-abi=hard)
arm-none-eabi-gcc "${m4[@]}" -std=gnu99 -O2 -c "$root/scripts/c_targets/cortex_m4.c" -o "$folder/start.o"
arm-none-eabi-g++ "${m4[@]}" "${flags[@]}" -fno-exceptions -fno-rtti -ffunction-sections \
  -isystem "$folder" -c "$source" -o "$folder/nets.o"
arm-none-eabi-g++ "${m4[@]}" -nostartfiles -T "$root/scripts/c_targets/cortex_m4.ld" \
  -Wl,--gc-sections "$folder/start.o" "$folder/nets.o" -o "$folder/nets"

# Nothing of the heap, of exceptions or of RTTI is in the program.
if arm-none-eabi-nm "$folder/nets" | grep -E ' (malloc|free|_sbrk|__cxa_throw|_Zn[wa]\w*|_ZTI\w*)$'; then
  echo "the program has what it must not have"
  exit 1
fi
timeout 120 qemu-system-arm -M mps2-an386 -nographic -monitor none -serial none \
  -semihosting-config enable=on,target=native -kernel "$folder/nets" >"$folder/target.txt" 2>&1 ||
  { cat "$folder/target.txt"; echo "the program ended with status $?"; exit 1; }

# code NETWORK YES NO: bytes of the functions whose demangled names have NETWORK and match YES but
# not NO.
code() {
  arm-none-eabi-nm -S -C -t d "$folder/nets" | awk -v n="$1" -v y="$2" -v no="$3" \
    'tolower($3) ~ /[twv]/ && index($0, "::" n) && $0 ~ y && $0 !~ no { s += $2 }
     END { print s + 0 }'
}
bytes() { arm-none-eabi-size -A "$folder/nets" | awk -v p="$1" '$1 ~ p { n += $2 } END { print n + 0 }'; }

python3 - "$folder/host.txt" "$folder/target.txt" <<'PY'
import struct
import sys

as_float = lambda bits: struct.unpack("f", struct.pack("I", int(bits)))[0]
host, target = ([line.split() for line in open(name)] for name in sys.argv[1:])
assert len(host) == len(target) == 2, target
for a, b in zip(host, target):
    for x, y in zip(map(as_float, a[1:4]), map(as_float, b[1:4])):
        if not abs(x - y) <= 1e-4 * max(1, abs(x)):
            sys.exit(f"{b[0]}: {y} and not {x}")
    print(f"{b[0]}: loss {as_float(b[1]):.4f}, after 200 steps {as_float(b[2]):.4f}, as here")
print(f"\n{'network':12} {'parameters':>10} {'trainer':>8} {'stack: forward':>15} {'step':>6}")
for b in target:
    print(f"{b[0]:12} {b[4]:>10} {b[5]:>8} {b[6]:>15} {b[7]:>6}")
PY
echo
for n in circle classifier; do
  echo "$n: flash of forward $(code $n 'forward' 'step_stage'), of step $(code $n 'step_stage' 'none')"
done
echo "whole program: flash $(bytes '^\.(text|init_array|ARM|data)') RAM $(bytes '^\.(data|bss)') without stack"
echo "1 passed, 0 failed"
