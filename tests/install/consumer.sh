#!/bin/sh
# consumer.sh BUILD SOURCE CC: install into an empty folder and use what stands there, as a stranger's
# program does: by pkg-config (shared and static), by find_package, the program, its man page. Nothing
# but onr_* may leave the shared library, and all that the headers declare has to.
set -eu
build=$1 source=$2 cc=$3
command -v pkg-config >/dev/null || { echo "SKIPPED: no pkg-config"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fail() { echo "consumer: $*" >&2; exit 1; }

cmake --install "$build" --prefix "$dir/usr" >"$dir/log" || { cat "$dir/log"; fail "cannot install"; }
pc=$(find "$dir/usr" -name onrecord.pc)
lib=$(dirname "$(dirname "$pc")")
export PKG_CONFIG_PATH="$lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
# The .pc file names the prefix it was configured for; --define-variable is what packagers use.
pkgconf() { pkg-config --define-variable=prefix="$dir/usr" --define-variable=libdir="$lib" \
    --define-variable=includedir="$dir/usr/include" "$@" onrecord; }

[ "$(pkgconf --modversion)" = "$(sed -n 's/^project(.*VERSION \([0-9.]*\).*/\1/p' "$source/CMakeLists.txt")" ] ||
    fail "onrecord.pc has another version"
# shellcheck disable=SC2046
$cc -std=c17 -Wall -Wextra -Werror "$source/examples/read_article.c" $(pkgconf --cflags --libs) -o "$dir/shared"
# shellcheck disable=SC2046
$cc -std=c17 "$source/examples/read_article.c" $(pkgconf --cflags) "$lib/libonrecord.a" \
    $(pkgconf --libs --static | sed 's/-lonrecord//') -o "$dir/static"

mkdir "$dir/app"
cat >"$dir/app/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.22)
project(app C)
find_package(onrecord 0.1 REQUIRED)
add_executable(app ${EXAMPLE})
target_link_libraries(app onrecord::onrecord)
END
cmake -G Ninja -S "$dir/app" -B "$dir/app/build" -DCMAKE_PREFIX_PATH="$dir/usr" -DCMAKE_C_COMPILER="$cc" \
    -DEXAMPLE="$source/examples/read_article.c" >"$dir/log" 2>&1 && cmake --build "$dir/app/build" >>"$dir/log" 2>&1 ||
    { cat "$dir/log"; fail "find_package(onrecord) does not work"; }

export LD_LIBRARY_PATH="$lib"
code=0; "$dir/shared" 2>"$dir/err" || code=$?
[ $code = 2 ] && grep -q usage "$dir/err" || fail "the shared consumer does not run"
"$dir/usr/bin/onrecord" --version | grep -q '^onrecord ' || fail "the installed program does not run"
[ -s "$dir/usr/share/man/man1/onrecord.1" ] || fail "no man page"

if command -v nm >/dev/null; then
    nm -D --defined-only "$lib/libonrecord.so" | awk '$2 ~ /[TDBR]/ { sub(/@.*/, "", $3); print $3 }' | sort >"$dir/have"
    grep -v '^onr_' "$dir/have" && fail "these symbols must not be exported"
    # every function that a public header declares
    cat "$source"/include/onrecord/*.h | tr '\n' ' ' | grep -o 'ONR_API [^;(]*(' |
        sed -n 's/.*[ *]\(onr_[a-z0-9_]*\)($/\1/p' | sort -u >"$dir/want"
    [ -s "$dir/want" ] || fail "found no declarations"
    comm -23 "$dir/want" "$dir/have" | grep . && fail "these are declared and not exported"
fi

model=${ONRECORD_MODEL:-${XDG_DATA_HOME:-${HOME:-/nonexistent}/.local/share}/onrecord/models/en-sm.onrm}
if [ -f "$model" ]; then
    printf 'Iran will not leave Syria, Mr Velayati told reporters in Moscow.\n' >"$dir/article.txt"
    for program in shared static app/build/app; do
        "$dir/$program" "$model" "$dir/article.txt" >"$dir/out" || fail "$program cannot read"
        grep -q 'Velayati -- told \[assertion\]: Iran will not leave Syria' "$dir/out" ||
            { cat "$dir/out"; fail "$program reads something else"; }
    done
else
    echo "note: no language model, so the consumers were built and not run on an article"
fi
