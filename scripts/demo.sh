#!/usr/bin/env bash
# Builds the examples for this processor and runs them.
#
# usage: scripts/demo.sh [EXAMPLE...]
#        scripts/demo.sh import
#
# Without a name it runs scalar_graph linear_regression streetlights circle mnist. Tables go to the
# terminal, pictures and files to build/demo/output. Data sets are looked for in $TAPELESS_DATA,
# else in shared/ beside the repository; an example without its data says so. Missing Debian
# packages are installed. `scripts/demo.sh --list` names all examples.
#
# `import` builds tapeless-gen and shows what it does: a network trained with Tapeless becomes an ONNX
# model, the model a header, the header is verified, and timed beside onnxruntime where python3 has it.
set -u
# shellcheck source=scripts/setup.sh
. "$(dirname "$0")/setup.sh"

names=(scalar_graph linear_regression streetlights circle mnist)
case ${1:-} in
  -h | --help) usage; exit 0 ;;
  --list) (cd "$root/examples" && for f in *.cpp; do echo "${f%.cpp}"; done); exit 0 ;;
  -*) echo "unknown option $1; try --help" >&2; exit 2 ;;
  import) names=() ;;
  ?*) names=("$@") ;;
esac
for name in "${names[@]}"; do
  [ -e "$root/examples/$name.cpp" ] || { echo "no example $name; try --list" >&2; exit 2; }
done

compiler=${CXX:-g++}
folder=$root/build/demo
output=$folder/output
if [ -z "${TAPELESS_DATA:-}" ] && [ -d "$root/../shared" ]; then
  TAPELESS_DATA=$(cd "$root/../shared" && pwd)
  export TAPELESS_DATA
fi

install_missing "$compiler" "${1:-}" || exit 1
mkdir -p "$root/build"
gen=auto
[ ${#names[@]} -gt 0 ] || gen=enabled
configure "$folder" "$compiler" -Disa=native -Dexamples=true -Dtests=false -Dbench=false \
  -Dgen=$gen >"$root/build/demo.log" 2>&1 ||
  { cat "$root/build/demo.log"; echo "set-up failed" >&2; exit 1; }
mkdir -p "$output"
if [ $gen = enabled ]; then
  ninja -C "$folder" -j 2 gen/tapeless-gen || exit 1
  exec "$root/examples/import/run.sh" "$folder/gen/tapeless-gen" "$compiler" "$output/import"
fi
ninja -C "$folder" -j 2 "${names[@]/#/examples/}" || exit 1

failed=()
for name in "${names[@]}"; do
  printf '\n== %s ==\n' "$name"
  start=$SECONDS
  (cd "$output" && "$folder/examples/$name") || failed+=("$name")
  echo "($((SECONDS - start)) s)"
done

echo
pictures=$(find "$output" -type f | sort)
[ -z "$pictures" ] || printf 'Pictures and files:\n%s\n' "$pictures"
[ ${#failed[@]} -eq 0 ] || { echo "failed: ${failed[*]}" >&2; exit 1; }
