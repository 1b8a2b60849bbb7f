#!/usr/bin/env bash
# Trains a classifier of digits with Tapeless, exports it as an ONNX model, imports that, verifies
# the header and times it.
#
# usage: examples/import/run.sh TAPELESS_GEN COMPILER FOLDER
#
# Files go to the folder. The demo (scripts/demo.sh import) builds TAPELESS_GEN and calls
# this.
set -eu

gen=$(realpath "$1")
compiler=$2
folder=$3
here=$(cd "$(dirname "$0")" && pwd)
include=$here/../../include
export TAPELESS_DATA=$here/../data
mkdir -p "$folder"
cd "$folder"

show() { echo; printf '$'; printf ' %s' "${@//$here\//}"; echo; "$@"; }
build() {  # build PROGRAM SOURCE [LIBRARY...]
  local program=$1 source=$2
  shift 2
  # -w: g++ 12 warns of overflows inside fmt and std::vector that are not there.
  "$compiler" -std=c++20 -O3 -march=native -DNDEBUG -w "-I$include" -I. "$here/$source" \
    -o "$program" "$@"
}

build ./train train.cpp -lfmt -lz
show ./train
show "$gen" export "$here/network.hpp:digits" --weights digits.safetensors -o digits.onnx \
  -I "$include"
show "$gen" inspect digits.onnx
show "$gen" import digits.onnx -o digits.hpp
show "$gen" verify digits.onnx --header digits.hpp --compiler "$compiler" -I "$include"
build ./time time.cpp
show python3 "$here/time.py" ./time digits.onnx
