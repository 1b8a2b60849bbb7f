#!/usr/bin/env bash
# Runs the two commands of the README on a Debian where nothing is installed.
#
# usage: scripts/fresh.sh [--full] [--keep] [--dir FOLDER]
#
#   --full         all of scripts/test.sh instead of scripts/test.sh --quick
#   --keep         leave the system there, unmounted, and say where
#   --dir FOLDER   make it in this folder, new or empty; a folder below $TMPDIR or /tmp unless said
#
# debootstrap makes a minimal Debian bookworm in a folder; a copy of the last commit (git archive
# HEAD) runs scripts/demo.sh and scripts/test.sh there under chroot and installs what they need.
# Mirror and proxy are those of this machine's apt. Needs root, debootstrap and git, 4 GB of disk,
# half an hour. The exit status is 0 if both commands succeeded.
set -u
# shellcheck source=scripts/setup.sh
. "$(dirname "$0")/setup.sh"

suite=bookworm
fail() { echo "fresh.sh: $1" >&2; exit 2; }

tests=(scripts/test.sh --quick) keep='' system=''
while [ $# -gt 0 ]; do
  case $1 in
    --full) tests=(scripts/test.sh) ;;
    --keep) keep=yes ;;
    --dir) system=${2:?--dir needs a folder}; shift ;;
    -h | --help) usage; exit 0 ;;
    *) echo "unknown option $1; try --help" >&2; exit 2 ;;
  esac
  shift
done
[ "$(id -u)" = 0 ] || fail "needs root, for chroot and mount"
for command in debootstrap git apt-get chroot mount; do
  has_command "$command" || fail "needs the command $command, which is not installed here"
done
git -C "$root" rev-parse --quiet --verify HEAD >/dev/null || fail "$root is no git repository"
system=${system:-$(mktemp -d "${TMPDIR:-/tmp}/tapeless-fresh.XXXXXX")}
mkdir -p "$system" || fail "cannot make $system"
system=$(cd "$system" && pwd -P)
[ -z "$(ls -A "$system")" ] || fail "$system is not empty"

# Removes nothing while something of this machine is still mounted in it.
mounted() { grep -q -F " $system/" /proc/self/mountinfo; }
clean_up() {
  mounted && umount "$system/proc"
  if mounted; then
    echo "fresh.sh: $system still has mounts and stays" >&2
  elif [ -n "$keep" ]; then
    echo "kept: $system"
  else
    rm -rf --one-file-system "$system"
  fi
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# Repositories of this machine's apt as lines `URI RELEASE`.
repositories() {
  # shellcheck disable=SC2016  # apt-get fills these in
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    sed -n 's/ main$//p' | sort -u
}
[ -n "$(repositories)" ] || apt-get update -qq
mirror=$(repositories | sed -n "s/ $suite\$//p" | head -n 1)
[ -n "$mirror" ] || mirror=$(repositories | sed -n 's,^\([^ ]*/debian/*\) .*,\1,p' | head -n 1)
[ -n "$mirror" ] || fail "apt of this machine knows no repository of Debian"

# The proxy of this machine's apt serves there too; debootstrap and curl read it from variables.
proxy_of() { apt-config dump --format '%v%n' "Acquire::$1::Proxy" | head -n 1; }
for scheme in http https; do
  name=${scheme}_proxy proxy=$(proxy_of $scheme)
  if [ -n "$proxy" ] && [ "$proxy" != DIRECT ]; then export "$name=$proxy"; fi
done
environment=(PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8)
for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
  [ -z "${!name:-}" ] || environment+=("$name=${!name}")
done

echo "== Debian $suite, commit $(git -C "$root" rev-parse --short HEAD), in $system =="
said=$(debootstrap --variant=minbase "$suite" "$system" "$mirror" 2>&1) ||
  { tail -n 20 <<<"$said" >&2; fail "debootstrap failed"; }

apt=$system/etc/apt
{ echo "deb $mirror $suite main"
  repositories | sed -n "s/^\(.*\) \($suite-[^ ]*\)\$/deb \1 \2 main/p"; } >"$apt/sources.list"
apt-config dump | grep '^Acquire::' >"$apt/apt.conf.d/00host"
for file in auth.conf auth.conf.d; do
  [ ! -e "/etc/apt/$file" ] || cp -a "/etc/apt/$file" "$apt/"
done
case $mirror in https:*)
  cp /etc/ssl/certs/ca-certificates.crt "$apt/host.crt"
  echo 'Acquire::https::CaInfo "/etc/apt/host.crt";' >>"$apt/apt.conf.d/00host" ;;
esac
for file in resolv.conf hosts; do cp -L "/etc/$file" "$system/etc/$file"; done
mount -t proc proc "$system/proc" || fail "cannot mount $system/proc"

mkdir "$system/tapeless"
git -C "$root" archive HEAD | tar -x -C "$system/tapeless" || fail "cannot copy the commit"

failed=()
run() {
  local start=$SECONDS status=0
  printf '\n== %s ==\n' "$*"
  chroot "$system" env -i "${environment[@]}" sh -c 'cd /tapeless && exec "$@"' sh "$@" ||
    status=$?
  [ $status = 0 ] || failed+=("$*")
  echo "== $*: exit status $status, $((SECONDS - start)) s =="
}
run scripts/demo.sh
run "${tests[@]}"
echo
[ ${#failed[@]} -eq 0 ] || { printf 'failed: %s\n' "${failed[@]}"; exit 1; }
echo "both commands of the README succeeded"
