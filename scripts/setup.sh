# shellcheck shell=bash
# Sourced by the other scripts: finds the repository's root and installs what is missing.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Prints the comment at the head of the calling script, for --help.
usage() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p;}' "$0"; }

# A header without a package of its own name is enough; a user may have it from elsewhere.
has_header() { printf '#include <%s>\n' "$1" | c++ -std=c++20 -E -x c++ - &>/dev/null; }
has_command() { command -v "$1" >/dev/null; }

# apt_get ARGUMENT...: apt-get as root, or by sudo.
apt_get() {
  local as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "$@"
}

# install_packages PACKAGE...: installs Debian packages, or says which to install where it cannot.
install_packages() {
  has_command apt-get || { echo "there is no apt-get here; please install: $*" >&2; return 1; }
  [ "$(id -u)" = 0 ] || has_command sudo ||
    { echo "neither root nor sudo; please install: $*" >&2; return 1; }
  echo "installing $*"
  apt_get update -qq && apt_get install -y -qq --no-install-recommends "$@" >/dev/null
}

# install_targets NAME...: installs compilers and emulators of aarch64, riscv64, cortex-m4f where
# they are missing, for C and C++.
install_targets() {
  local packages=() command package name place
  while read -r name command package; do
    [[ " $* " != *" $name "* ]] || has_command "$command" || packages+=("$package")
  done <<'LIST'
aarch64 aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
aarch64 aarch64-linux-gnu-g++ g++-aarch64-linux-gnu
aarch64 qemu-aarch64 qemu-user
riscv64 riscv64-linux-gnu-gcc gcc-riscv64-linux-gnu
riscv64 riscv64-linux-gnu-g++ g++-riscv64-linux-gnu
riscv64 qemu-riscv64 qemu-user
cortex-m4f arm-none-eabi-gcc gcc-arm-none-eabi
cortex-m4f qemu-system-arm qemu-system-arm
LIST
  while read -r name package place; do
    [[ " $* " != *" $name "* ]] || [ -e "$place" ] || packages+=("$package")
  done <<'LIST'
aarch64 libc6-dev-arm64-cross /usr/aarch64-linux-gnu/include/stdio.h
riscv64 libc6-dev-riscv64-cross /usr/riscv64-linux-gnu/include/stdio.h
cortex-m4f libnewlib-arm-none-eabi /usr/include/newlib
cortex-m4f libstdc++-arm-none-eabi-dev /usr/include/newlib/c++
cortex-m4f libstdc++-arm-none-eabi-newlib /usr/lib/arm-none-eabi/newlib/libstdc++.a
LIST
  [ ${#packages[@]} -eq 0 ] || install_packages "${packages[@]}"
}

# install_missing COMPILER [test|bench|import]: installs Debian packages for whatever is not there:
# the compiler, every header, and every command that scripts, examples and tests call. What only
# tapeless-gen needs is installed for tests and for the import alone.
install_missing() {
  local packages=() command header package
  has_command "$1" || case $1 in
    g++) packages+=(g++) ;;
    clang++-*) packages+=("clang-${1#clang++-}") ;;
    *) echo "$1: no such compiler" >&2; return 1 ;;
  esac
  has_command c++ || [ "${packages[*]}" = g++ ] || packages+=(g++)
  while read -r command package; do
    has_command "$command" || packages+=("$package")
  done <<'LIST'
meson meson
ninja ninja-build
pkg-config pkg-config
python3 python3
curl curl
LIST
  # curl only recommends the certificates without which it fetches nothing by https.
  [ -e /etc/ssl/certs/ca-certificates.crt ] || packages+=(ca-certificates)
  while read -r header package; do
    has_header "$header" || packages+=("$package")
  done <<'LIST'
boost/hana.hpp libboost-dev
xsimd/xsimd.hpp libxsimd-dev
catch2/catch.hpp catch2
fmt/core.h libfmt-dev
zlib.h zlib1g-dev
nlohmann/json.hpp nlohmann-json3-dev
CLI/CLI.hpp libcli11-dev
LIST
  case ${2:-} in test | import)
    has_command protoc || packages+=(protobuf-compiler)
    while read -r header package; do
      has_header "$header" || packages+=("$package")
    done <<'LIST' ;;
google/protobuf/message_lite.h libprotobuf-dev
openssl/evp.h libssl-dev
zip.h libzip-dev
onnx/onnx.proto libonnx-dev
LIST
  esac
  case ${2:-} in
    bench) has_header benchmark/benchmark.h || packages+=(libbenchmark-dev) ;;
    test)
      has_command objdump || packages+=(binutils)  # nm and readelf come with objdump
      has_command cmake || packages+=(cmake)
      [ -d /usr/lib/python3/dist-packages/onnx/backend/test/data ] || packages+=(libonnx-testdata)
      [ "$(uname -m)" != x86_64 ] || has_command qemu-x86_64 || packages+=(qemu-user) ;;
  esac
  [ ${#packages[@]} -eq 0 ] || install_packages "${packages[@]}"
}

# configure FOLDER COMPILER [MESON_ARGUMENT...]: sets a build folder up, or afresh where it exists,
# so that new sources are found. All of the project's options are given on each call.
configure() {
  local folder=$1 compiler=$2 fresh=()
  shift 2
  [ -e "$folder/build.ninja" ] && fresh=(--reconfigure)
  # Meson remembers a failed first set-up; nothing of worth is lost by starting again.
  [ -e "$folder/build.ninja" ] || rm -rf "$folder"
  CXX=$compiler meson setup "${fresh[@]}" "$folder" "$root" "$@"
}
