#!/bin/sh
# read.sh PROGRAM EXAMPLE GOLDEN: the record of an example equals the golden file, fact by fact.
# Without the language model it says SKIPPED and ends 77. tests/golden/update makes the files anew.
set -eu
program=$1 example=$2 golden=$3
here=$(dirname "$0")
if ! "$program" model info en-sm >/dev/null 2>&1; then
    echo "SKIPPED: the language model en-sm is not there (onrecord model get en-sm)"
    exit 77
fi
out=$(mktemp)
trap 'rm -f "$out"' EXIT
"$here/record-lines" "$program" "$example" >"$out"
diff -u "$golden" "$out" && exit 0
echo "The record of $example has changed (- golden, + now). If it is better, run tests/golden/update,"
echo "read every line of the difference against the text, and commit it with what made it."
exit 1
