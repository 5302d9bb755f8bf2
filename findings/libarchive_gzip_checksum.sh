#!/usr/bin/env bash
# libarchive 3.6.2 (libarchive13 and libarchive-tools 3.6.2-1+deb12u5 of Debian 12), seen on 2026-12-01.
#
# A gzip file ends with a CRC-32 and the length of what was packed. bsdcat unpacks one in which a byte
# changed on its way.
#
# Expected: an error, as from gzip -t, since the CRC-32 is not that of what came out.
# What happens: the changed text and exit code 0. Of bzip2, xz and zstd such files are errors.
#
# For lacuna: it reads gzip by zlib, which compares; libarchive would not do. A changed digit of a rating is a
#   rating like any other.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
cd -- "$work"
apt-get download -qq -o APT::Sandbox::User=root libarchive13=3.6.2-1+deb12u5 libarchive-tools=3.6.2-1+deb12u5
for package in *.deb; do dpkg -x "$package" root; done
bsdcat() { LD_LIBRARY_PATH=$(echo root/usr/lib/*-linux-gnu) root/usr/bin/bsdcat "$@"; }
python3 - <<'PYTHON'
import gzip

packed = gzip.compress(b"user,item,rating\n1,10,5.0\n", compresslevel=0, mtime=0)
open("sent.csv.gz", "wb").write(packed)
open("came.csv.gz", "wb").write(packed.replace(b"5.0", b"1.0"))
PYTHON
says() { local status=0; "$@" 2>&1 || status=$?; echo "exit code $status"; }
{
  says bsdcat sent.csv.gz
  says bsdcat came.csv.gz
  says gzip -t came.csv.gz
} | sed '/^$/d' | tee seen
diff - seen <<'SEEN'
user,item,rating
1,10,5.0
exit code 0
user,item,rating
1,10,1.0
exit code 0
gzip: came.csv.gz: invalid compressed data--crc error
exit code 1
SEEN
