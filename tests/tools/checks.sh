#!/bin/sh
# The checks find what they are for: a small tree with one fault of each kind, and each is named.
# checks.sh SOURCE_DIR
set -eu
top=$1
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
failed=0
expect() { # expect WHAT PATTERN FILE: the output in FILE names the fault
    if grep -qE "$2" "$3"; then echo "ok: $1"; else echo "not found: $1"; cat "$3"; failed=1; fi
}
absent() { if grep -qE "$2" "$3"; then echo "wrongly reported: $1"; grep -E "$2" "$3"; failed=1; else echo "ok: $1"; fi; }

mkdir -p "$t/src/base" "$t/src/facts" "$t/src/lang" "$t/src/cli" "$t/include/onrecord" "$t/docs"
cat >"$t/src/ROOMS" <<'X'
base: onrecord/base.h
lang: base
facts: base facts/draft.h
facts/time: base
cli: base onrecord/*
<pcre2.h>: lang
X
echo '#include "lang/model.h"' >"$t/src/base/up.c"
echo '#include "facts/event.h"' >"$t/src/facts/time_x.c"
echo '#include "facts/time_grammar.h"' >"$t/src/facts/time_y.c"
echo '#include "facts/draft.h"' >>"$t/src/facts/time_y.c"
echo '#include <pcre2.h>' >"$t/src/facts/third.c"
echo '#include <pcre2.h>' >"$t/src/lang/third.c"
echo '#include <curl/curl.h>' >"$t/src/lang/unknown.c"
echo '#include "model.h"' >"$t/src/lang/bare.c"
echo '#include "onrecord/store.h"' >"$t/src/cli/cmd.c"
if "$top/tools/check-rooms" "$t" >"$t/out"; then echo "check-rooms passed a tree with faults"; failed=1; fi
expect "an arrow upwards" '^src/base/up.c:1: room "base" may not include lang/model.h' "$t/out"
expect "a kind that includes another" '^src/facts/time_x.c:1: kind "facts/time" may not include facts/event.h' "$t/out"
absent "a kind's own header and the room's shared one" 'time_y.c' "$t/out"
expect "a library in the wrong room" '^src/facts/third.c:1: room "facts" may not see <pcre2.h>' "$t/out"
absent "a library in its room" 'lang/third.c' "$t/out"
expect "an unknown library" '^src/lang/unknown.c:1: <curl/curl.h>' "$t/out"
expect "an include without its room" '^src/lang/bare.c:1: "model.h"' "$t/out"
absent "a public header in the program" 'cli/cmd.c' "$t/out"

rm -r "$t/src"
mkdir -p "$t/src/base"
{
    echo 'int x;'
    echo 'void f(char *a) { strcpy(a, "x"); }'
    echo 'void g(void) { char *p = malloc(3); (void)p; }'
    echo '/* strcpy( in a comment is no call */ const char *s = "sprintf(";'
    printf '\tint y; \n'
    echo 'void h(void)'
    echo '{'
    i=0
    while [ $i -lt 81 ]; do echo '    x++;'; i=$((i + 1)); done
    echo '}'
} >"$t/src/base/bad.c"
{
    echo '/* A file as it should be. */'
    echo '/* long: one case a status, a table would hide them */'
    echo 'void h(void)'
    echo '{'
    i=0
    while [ $i -lt 81 ]; do echo '    x++;'; i=$((i + 1)); done
    echo '}'
} >"$t/src/base/good.c"
{ echo '/* Too long. */'; i=0; while [ $i -lt 1201 ]; do echo '// x'; i=$((i + 1)); done; } >"$t/src/base/huge.c"
if "$top/tools/check-style" "$t" >"$t/out"; then echo "check-style passed a tree with faults"; failed=1; fi
expect "no purpose comment" 'bad.c:1: opens without' "$t/out"
expect "a banned function" 'bad.c:2: strcpy' "$t/out"
expect "memory outside its home" 'bad.c:3: malloc' "$t/out"
absent "banned names in comments and strings" 'bad.c:4' "$t/out"
expect "a tab" 'bad.c:5: a tab' "$t/out"
expect "trailing blanks" 'bad.c:5: blanks' "$t/out"
expect "a long function" 'bad.c:7: a function of 81' "$t/out"
absent "a long function that says why" 'good.c' "$t/out"
expect "a long file" 'huge.c:1: 120[0-9] lines' "$t/out"

rm -r "$t/src"
mkdir -p "$t/src"
cat >"$t/include/onrecord/x.h" <<'X'
/* A header. */
ONR_API int onr_silent(void);

/** Does a thing. Cost: none. Threads: any. */
ONR_API onr_status onr_no_return(void);

/** Does a thing.
 * @return ONR_OK. */
ONR_API onr_status onr_no_threads(void);

/** Does a thing.
 * @return ONR_OK. Cost: O(1). Threads: any. */
ONR_API onr_status onr_right(void);
X
mkdir -p "$t/data/x"
printf '# Words.\n# Source: own. License: MIT\na\tb\n' >"$t/data/x/good.tsv"
printf '# Words.\n# Source: own\na\tb License: in a row\n' >"$t/data/x/bad.tsv"
printf 'See `src/nowhere.c`, `include/onrecord/x.h`, `onr_right`, `onr_wrong()`.\n[a](b.md) [x](../include/onrecord/x.h)\n' >"$t/docs/a.md"
if "$top/tools/check-docs" "$t" >"$t/out"; then echo "check-docs passed a tree with faults"; failed=1; fi
expect "a function without comment" 'onr_silent: no /\*\* comment' "$t/out"
expect "a status without @return" 'onr_no_return: returns a status' "$t/out"
expect "no word on threads" 'onr_no_threads: says nothing of threads' "$t/out"
expect "no word on cost" 'onr_no_threads: says nothing of its cost' "$t/out"
absent "a function documented in full" 'onr_right:|`onr_right`' "$t/out"
expect "data without its licence" 'data/x/bad.tsv:1: .*License' "$t/out"
absent "data with its header" 'good.tsv' "$t/out"
expect "a path that is not there" 'a.md:1: `src/nowhere.c`' "$t/out"
expect "a name that is not there" 'a.md:1: `onr_wrong`' "$t/out"
absent "a path that is there" 'include/onrecord/x.h` is not' "$t/out"
expect "a link that leads nowhere" 'a.md:2: link to b.md' "$t/out"
absent "a link that holds" 'link to ../include' "$t/out"

cat >"$t/j.xml" <<'X'
	<testcase name="one" classname="one" time="0" status="run">
		<system-out>[       OK ] a
[       OK ] b
[  SKIPPED ] c
SKIPPED: no model</system-out>
	</testcase>
	<testcase name="two" classname="two" time="0" status="fail">
		<failure message=""/>
		<system-out></system-out>
	</testcase>
	<testcase name="three" classname="three" time="0" status="notrun">
		<skipped message="SKIP_RETURN_CODE=77"/>
		<system-out></system-out>
	</testcase>
	<testcase name="four" classname="four" time="0" status="notrun">
		<skipped message="Unable to find executable"/>
		<system-out></system-out>
	</testcase>
X
if awk -v status=8 -f "$top/tools/count-tests.awk" "$t/j.xml" >"$t/out"; then echo "a failed run counted as passed"; failed=1; fi
expect "the last line of a run" '^2 passed, 2 failed, 2 skipped$' "$t/out"
expect "why something was skipped" '^one: .*SKIPPED: no model' "$t/out"
exit $failed
