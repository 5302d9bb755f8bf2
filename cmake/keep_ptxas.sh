#!/bin/sh
# keep_ptxas.sh COMPILER ... -o OBJECT ...: compiles; what ptxas says of each kernel goes to
# OBJECT.ptxas, everything else to standard error.
for word; do
  [ "$before" = -o ] && object=$word
  before=$word
done
"$@" 2>"$object.said"
status=$?
kernels='^ptxas info|bytes stack frame'
grep -E "$kernels" "$object.said" >"$object.ptxas"
grep -vE "$kernels" "$object.said" >&2
rm -f "$object.said"
exit $status
