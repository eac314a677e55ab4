#!/usr/bin/env bash
# Proves the package lists complete against an empty package state: whatever the build read from the system
# (headers from ninja's dependency log) and whatever command the scripts call must belong to a package that
# installing the lists on an empty system brings in, without recommended packages.
set -u -o pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$ROOT" || exit 1
. tools/packages.sh
command -v apt-get >/dev/null || { echo "not run: package list (no apt-get)"; exit 0; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
: > "$folder/status"

# What an empty Debian would install for the lists, plus what every Debian has.
if ! apt-get -s -o Dir::State::status="$folder/status" --no-install-recommends install \
        "${PACKAGES_BUILD[@]}" "${PACKAGES_TEST[@]}" > "$folder/plan" 2> "$folder/plan.errors"; then
    grep -q 'Unable to locate\|has no installation candidate' "$folder/plan.errors" && { echo "not run: package list (no package index)"; exit 0; }
    cat "$folder/plan.errors" >&2
    exit 1
fi
awk '$1 == "Inst" {print $2}' "$folder/plan" | sed 's/:.*//' > "$folder/closure"
dpkg-query -W -f '${Essential} ${Priority} ${Package}\n' 2>/dev/null \
    | awk '$1 == "yes" || $2 == "required" || $2 == "important" {print $3}' >> "$folder/closure"
sort -u -o "$folder/closure" "$folder/closure"

# System headers the build really read.
for build in build/ci build/dev; do
    [ -e "$build/.ninja_deps" ] && ninja -C "$build" -t deps 2>/dev/null | grep -oE '^ +/usr/include/.*' | tr -d ' '
    # CMake packages that configuring read.
    [ -e "$build/build.ninja" ] && grep -oE '/usr/(lib|share)/[^ |]*\.cmake' "$build/build.ninja"
done | sort -u > "$folder/used"
[ -s "$folder/used" ] || { echo "not run: package list (nothing built yet)"; exit 0; }
# Commands the scripts call, and the fonts that are compiled in.
for name in g++ cmake ninja pkg-config git ccache mold clang-tidy-16 clang-format-16 clang++-16 clazy valgrind curl xdotool Xvfb openbox convert; do
    path=$(command -v "$name") || { echo "command '$name' is missing" >&2; exit 1; }
    readlink -f "$path"
done >> "$folder/used"
xargs -a "$folder/used" dpkg -S 2> "$folder/unowned" | cut -d: -f1 | tr ',' '\n' | tr -d ' ' | sort -u > "$folder/owners"

outside=$(comm -23 "$folder/owners" "$folder/closure")
if [ -n "$outside" ]; then
    echo "used by the build or the scripts, but not brought in by tools/packages.sh:" >&2
    printf '  %s\n' $outside >&2
    exit 1
fi
echo "package list: $(wc -l < "$folder/used") files from $(wc -l < "$folder/owners") packages, all brought in by the lists"
