#!/usr/bin/env bash
# tidy_file.sh FILE: clang-tidy-16 over one unit (ROOT and DATABASE are set by tools/lint.sh), unless this very content passed.
set -u
cd "$ROOT" || exit 1
file=$1
cache=$ROOT/build/tidy-cache
# A unit the build does not compile (a fuzz target, say) has no entry in the database.
grep -q "\"file\": \"$ROOT/$file\"" "$DATABASE/compile_commands.json" || exit 0
# shellcheck disable=SC2046 # names of the tree hold no blanks
key=$(cat .clang-tidy $(grep "^$file " "$cache/includes" || echo "$file") 2>/dev/null | sha1sum | cut -d' ' -f1)
[ -e "$cache/$key" ] && exit 0
report=$(mktemp)
if clang-tidy-16 -p "$DATABASE" --quiet "$file" >"$report" 2>/dev/null; then
    touch "$cache/$key"
    rm -f "$report"
    exit 0
fi
cat "$report" >&2
rm -f "$report"
exit 1
