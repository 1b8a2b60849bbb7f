#!/usr/bin/env bash
# Feeds the readers of the library and of tapeless-gen with damaged files: builds fuzzers of
# libFuzzer and runs them.
#
# usage: scripts/fuzz.sh [--seconds N] [--jobs N] [TARGET]...
#
#   --seconds N   time for each target; 60 unless said
#   --jobs N      compilations at a time; 2 unless said
#
# Targets: csv, npy, idx, gzip, safetensors, checkpoint, history (tests/fuzz/host_targets.hpp) and
# onnx, pt, pickle, tensor (tests/fuzz/targets.hpp); all unless said. The corpus is in
# build/fuzz/TARGET and begins with tests/data/fuzz/TARGET. A find is written to
# tests/data/fuzz/TARGET/find-HASH, where tests/train/fuzz_test.cpp or tests/gen/fuzz_test.cpp
# replays it, and the exit status is 1.
# clang++-19 and its libclang-rt-19-dev are installed where they are missing; the second kind also
# needs what gen/meson.build names.
set -eu
# shellcheck source=scripts/setup.sh
. "$(dirname "$0")/setup.sh"

host_targets=(csv npy idx gzip safetensors checkpoint history)
gen_targets=(onnx pt pickle tensor)
seconds=60 jobs=2 targets=()
while [ $# -gt 0 ]; do
  case $1 in
    --seconds) seconds=${2:?--seconds needs a number}; shift ;;
    --jobs) jobs=${2:?--jobs needs a number}; shift ;;
    -h | --help) usage; exit 0 ;;
    *)
      case " ${host_targets[*]} ${gen_targets[*]} " in
        *" $1 "*) targets+=("$1") ;;
        *) echo "unknown argument $1; try --help" >&2; exit 2 ;;
      esac
      ;;
  esac
  shift
done
[ ${#targets[@]} -gt 0 ] || targets=("${host_targets[@]}" "${gen_targets[@]}")
is_host() { case " ${host_targets[*]} " in *" $1 "*) return 0 ;; *) return 1 ;; esac }

missing=()
has_command clang++-19 || missing+=(clang-19)
compgen -G "/usr/lib/llvm-19/lib/clang/19/lib/*/libclang_rt.fuzzer*.a" >/dev/null ||
  missing+=(libclang-rt-19-dev)
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"

folder=$root/build/fuzz
mkdir -p "$folder/objects"
sanitize=address,undefined
host=() gen=()
for target in "${targets[@]}"; do
  if is_host "$target"; then host+=("$target"); else gen+=("$target"); fi
done

# The library's readers are headers: one compilation each.
for target in ${host[@]+"${host[@]}"}; do
  clang++-19 -std=c++20 -O1 -g -fsanitize=fuzzer,$sanitize -fno-sanitize-recover=all \
    -I"$root/include" -I"$root/tests" -DTAPELESS_FUZZ="$target" \
    -DTAPELESS_FUZZ_TARGETS='"fuzz/host_targets.hpp"' "$root/tests/fuzz/main.cpp" \
    -o "$folder/fuzz_$target" -lz -lfmt
done

build_gen() {
  proto=$(python3 "$root/gen/find_onnx_proto.py" clang++-19)
  [ -n "$proto" ] || { echo "there is no onnx/onnx.proto; install libonnx-dev" >&2; exit 1; }
  [ -e "$folder/onnx.pb.h" ] ||
    protoc --proto_path="$(dirname "$proto")" --cpp_out="$folder" "$proto"

  # A makefile of its own: meson's build has neither this compiler nor these options.
  cat > "$folder/Makefile" <<MAKE
SOURCES := \$(shell cd $root/gen && find . -name '*.cpp' ! -name main.cpp ! -path './commands/*')
OBJECTS := \$(SOURCES:./%.cpp=objects/%.o) objects/onnx.pb.o
FLAGS := -std=c++20 -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
  -I$root/include -I$root/gen -I$root/tests -isystem . -MMD
fuzz_%: objects/main_%.o \$(OBJECTS)
	clang++-19 -fsanitize=fuzzer,address,undefined -o \$@ \$^ \
	  -lprotobuf-lite -lcrypto -lzip -lz -lfmt
fuzz_onnx: objects/mutate_onnx.o
objects/mutate_%.o: $root/tests/fuzz/mutate_%.cpp
	clang++-19 \$(FLAGS) -c \$< -o \$@
objects/main_%.o: $root/tests/fuzz/main.cpp
	clang++-19 \$(FLAGS) -DTAPELESS_FUZZ=\$* -c \$< -o \$@
objects/onnx.pb.o: onnx.pb.cc
	clang++-19 \$(FLAGS) -w -c \$< -o \$@
objects/%.o: $root/gen/%.cpp
	@mkdir -p \$(@D)
	clang++-19 \$(FLAGS) -c \$< -o \$@
.SECONDARY:
-include \$(shell find objects -name '*.d')
MAKE
  make -s -C "$folder" -j "$jobs" "${gen[@]/#/fuzz_}"
}
[ ${#gen[@]} -eq 0 ] || build_gen

status=0
for target in "${targets[@]}"; do
  seeds=$root/tests/data/fuzz/$target
  mkdir -p "$folder/$target" "$seeds"
  echo "$target: $seconds seconds"
  "$folder/fuzz_$target" -max_total_time="$seconds" -max_len=65536 -timeout=30 \
    -rss_limit_mb=2048 -malloc_limit_mb=1024 -use_value_profile=1 -print_final_stats=1 \
    -artifact_prefix="$seeds/find-" "$folder/$target" "$seeds" > "$folder/$target.log" 2>&1 ||
    { status=1; echo "$target: a find, see $folder/$target.log"; }
  grep -E 'number_of_executed_units|peak_rss|SUMMARY' "$folder/$target.log" || true
done
exit $status
