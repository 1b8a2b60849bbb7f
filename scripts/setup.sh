# shellcheck shell=bash
# Sourced by the other scripts: finds the repository's root and installs what is missing.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Prints the comment at the head of the calling script, for --help.
usage() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p;}' "$0"; }

# A header without a package of its own name is enough; a user may have it from elsewhere.
has_header() { printf '#include <%s>\n' "$1" | c++ -std=c++20 -E -x c++ - &>/dev/null; }
has_command() { command -v "$1" >/dev/null; }

# install_missing COMPILER [bench]: installs Debian packages for whatever is not there.
install_missing() {
  local packages=()
  has_command c++ || packages+=(g++)
  has_command "$1" || case $1 in
    g++) packages+=(g++) ;;
    clang++-*) packages+=("clang-${1#clang++-}") ;;
    *) echo "$1: no such compiler" >&2; return 1 ;;
  esac
  has_command meson || packages+=(meson)
  has_command ninja || packages+=(ninja-build)
  has_command pkg-config || packages+=(pkg-config)
  has_command python3 || packages+=(python3)
  has_command objdump || packages+=(binutils)
  local header
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
  if [ "${2:-}" = bench ]; then
    has_header benchmark/benchmark.h || packages+=(libbenchmark-dev)
  fi
  [ ${#packages[@]} -gt 0 ] || return 0
  local sudo=()
  [ "$(id -u)" = 0 ] || sudo=(sudo)
  has_command apt-get || { echo "please install: ${packages[*]}" >&2; return 1; }
  echo "installing ${packages[*]}"
  "${sudo[@]}" apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends \
      "${packages[@]}" >/dev/null
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
