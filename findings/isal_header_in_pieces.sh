#!/usr/bin/env bash
# Intel ISA-L 2.30.0 (Debian 12: libisal2, libisal-dev 2.30.0-5), seen on 2026-12-01.
#
# isal_inflate with crc_flag = ISAL_GZIP reads a gzip stream, header and trailer included, in pieces.
#
# Expected: the same bytes, however the stream is cut; a call that lacks input says so, the next goes on.
# What happens: where the header has its checksum (FHCRC of RFC 1952) and a cut lies inside of the header,
#   the stream is refused as damaged (status -6, ISAL_INCORRECT_CHECKSUM). All at once it is read.
#
# For lacuna: whoever reads .gz by ISA-L reads the header by isal_read_gzip_header on an
# isal_gzip_header that lasts, and inflates with ISAL_GZIP_NO_HDR_VER.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
cd -- "$work"
for package in libisal2 libisal-dev; do
  apt-get download -qq "$package=2.30.0-5" 2>/dev/null
done
for package in ./*.deb; do dpkg -x "$package" tree; done
cat >pieces.c <<'C'
#include <isa-l/igzip_lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The whole stream in pieces of so many bytes; what comes out, and the last status. */
static void inflate_by(const char *way, unsigned char *in, size_t size, size_t piece, int own_header) {
  static unsigned char out[4096];
  struct inflate_state state;
  struct isal_gzip_header header;
  isal_inflate_init(&state);
  isal_gzip_header_init(&header);
  state.crc_flag = own_header ? ISAL_GZIP_NO_HDR_VER : ISAL_GZIP;
  state.next_out = out;
  state.avail_out = sizeof out;
  int in_header = own_header, status = 0;
  for (size_t at = 0; at < size && status >= 0;) {
    size_t some = size - at < piece ? size - at : piece;
    state.next_in = in + at;
    state.avail_in = (unsigned)some;
    at += some;
    if (in_header) {
      status = isal_read_gzip_header(&state, &header);
      if (status == ISAL_END_INPUT) status = 0;
      else if (status == ISAL_DECOMP_OK) in_header = 0;
    }
    if (!in_header && status >= 0) status = isal_inflate(&state);
  }
  size_t made = state.next_out - out;
  if (status == 0 && made == 6 && memcmp(out, "counts", 6) == 0) printf("%s: the text\n", way);
  else printf("%s: status %d, %zu bytes\n", way, status, made);
}

int main(void) {
  unsigned char in[4096];
  size_t size = fread(in, 1, sizeof in, stdin);
  inflate_by("all at once", in, size, size, 0);
  inflate_by("byte by byte", in, size, 1, 0);
  inflate_by("byte by byte, the header by isal_read_gzip_header", in, size, 1, 1);
  return 0;
}
C
include=$(dirname "$(find tree -name igzip_lib.h)")
library=$(dirname "$(find tree -name 'libisal.so.2*' | head -1)")
include=${include%/isa-l}
cc -O1 -I"$include" pieces.c -o pieces "$(find "$library" -name 'libisal.so.2*' -type f | head -1)"
python3 - >checked.gz <<'PYTHON'
import struct
import sys
import zlib

header = b"\x1f\x8b\x08\x02" + bytes(5) + b"\x03"
packer = zlib.compressobj(wbits=-15)
body = packer.compress(b"counts") + packer.flush()
sys.stdout.buffer.write(header + struct.pack("<H", zlib.crc32(header) & 0xFFFF) + body +
                        struct.pack("<II", zlib.crc32(b"counts"), 6))
PYTHON
gzip -dc checked.gz | grep -qx counts  # zlib and gzip read it
LD_LIBRARY_PATH=$library ./pieces <checked.gz | tee seen
diff - seen <<'SEEN'
all at once: the text
byte by byte: status -6, 0 bytes
byte by byte, the header by isal_read_gzip_header: the text
SEEN
