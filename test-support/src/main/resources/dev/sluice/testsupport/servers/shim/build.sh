#!/bin/sh
# Builds libaio.so.1 and libnuma.so.1 beside their sources (Linux x86-64, gcc).
set -e
cd "$(dirname "$0")"
for name in aio numa; do
  gcc -O1 -shared -fPIC -nostdlib -s -Wl,--build-id=none -Wl,-z,noseparate-code -Wl,--version-script=$name.map -Wl,-soname,lib$name.so.1 -o lib$name.so.1 $name.c
done
