#!/bin/sh
# update.sh PROGRAM: parse the texts of cases.txt anew into cases.conllu (needs the model en-sm), one
# `# newdoc` a case. Afterwards `unit_facts_statement --update` rewrites what is expected; read the
# difference.
set -eu
program=$1 here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
awk -v dir="$dir" '/^== /{n++; f=sprintf("%s/%04d.txt", dir, n); text=1; next} /^--$/{text=0; next} text{print > f}' "$here/cases.txt"
: >"$here/cases.conllu"
for f in "$dir"/*.txt; do
    "$program" parse "$f" | sed "1s/.*/# newdoc id = $(basename "$f" .txt)/" >>"$here/cases.conllu"
done
