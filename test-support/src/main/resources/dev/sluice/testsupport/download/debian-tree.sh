#!/bin/bash
# debian-tree.sh SUITE DIRECTORY LASTING PACKAGE...
# As any user: fetches packages of a Debian suite with all they depend on, libc too, and unpacks them to DIRECTORY/root.
# Nothing of the machine's own packages is read or changed, only the address of its mirror. LASTING is the path that
# DIRECTORY will have when it is used.
set -euo pipefail
trap 'echo "failed in line $LINENO: $BASH_COMMAND"' ERR
suite=$1 directory=$2 lasting=$3
shift 3

for tool in apt-get dpkg tar; do
  command -v "$tool" >/dev/null || { echo "no $tool on this machine: it is not Debian or Ubuntu"; exit 3; }
done
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
[ -r "$keyring" ] || { echo "no $keyring: install debian-archive-keyring"; exit 3; }
mirror=${DEBIAN_MIRROR:-$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
  grep -v '^ *#' | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1 | tr -d ' ' || true)}
mirror=${mirror:-http://deb.debian.org/debian}

state=$directory/apt root=$directory/root
mkdir -p "$state/lists/partial" "$state/cache/archives/partial" "$state/etc" "$root"
: > "$state/status"
echo "deb [signed-by=$keyring] $mirror $suite main" > "$state/etc/sources.list"
# an empty status makes apt fetch libc as well; a list past its validity still names files that exist
apt() {
  apt-get -o Dir::Etc::sourcelist="$state/etc/sources.list" -o Dir::Etc::sourceparts=- -o Dir::Etc::preferencesparts=- \
    -o Dir::State="$state" -o Dir::State::lists="$state/lists" -o Dir::State::status="$state/status" \
    -o Dir::Cache="$state/cache" -o Dir::Log="$state" -o Debug::NoLocking=1 -o APT::Sandbox::User="$(id -un)" \
    -o Acquire::Languages=none -o Acquire::Check-Valid-Until=false -o Acquire::Retries=3 -q "$@"
}
apt update
apt -y --no-install-recommends --download-only install "$@"

# /bin is /usr/bin: make the links first, so that packages from before that merge end up in /usr too
for name in bin sbin lib lib64; do
  mkdir -p "$root/usr/$name"
  ln -s "usr/$name" "$root/$name"
done
for package in "$state"/cache/archives/*.deb; do
  dpkg --fsys-tarfile "$package" | tar -x -C "$root" --no-same-owner --keep-directory-symlink -f -
done
rm -rf "$state"

# programs that start further ones by path, or themselves again, are told where their loader and libraries are
loader=$(cd "$root" && ls -d lib64/ld-linux-*.so.* lib/ld-linux-*.so.* 2>/dev/null | head -n 1 || true)
libraries=$(cd "$root" && ls -d usr/lib/*-linux-gnu | head -n 1)
patch() { "$root/$loader" --library-path "$root/$libraries" "$root/usr/bin/patchelf" "$@"; }
if [ -d "$root/usr/lib/erlang" ]; then
  find "$root/usr/lib/erlang" -type f | while read -r file; do
    [ "$(head -c 4 "$file" | tail -c 3 | tr -d '\0')" = ELF ] || continue
    case $file in
      *.so) patch --set-rpath "$lasting/root/$libraries" "$file" ;;
      */bin/*) patch --set-interpreter "$lasting/root/$loader" --set-rpath "$lasting/root/$libraries" "$file" ;;
    esac
  done
  sed -i "s|=/usr/lib/erlang|=\"$lasting/root/usr/lib/erlang\"|" \
    "$root"/usr/lib/erlang/bin/erl "$root"/usr/lib/erlang/erts-*/bin/erl
fi
for file in "$root"/usr/lib/chromium/chromium-headless-shell "$root"/usr/lib/chromium/chrome_crashpad_handler; do
  if [ -f "$file" ]; then patch --set-interpreter "$lasting/root/$loader" "$file"; fi
done
