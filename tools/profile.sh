#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# ./dev profile cpu|heap|calls SCENARIO: where a scenario of perf/macro or perf/memory spends its time or memory.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
what=${1:-}
name=${2:-}
bin=build/release/bin
out=build/perf/profiles/$name-$what-$(date -u +%Y%m%dT%H%M%SZ)
export QT_QPA_PLATFORM=offscreen
usage() { echo "usage: ./dev profile cpu|heap|calls SCENARIO; scenarios: $(ls perf/macro/*.json perf/memory/*.json | xargs -n1 basename | sed 's/\.json//' | tr '\n' ' ')" >&2; exit 2; }
case $what in cpu|heap|calls) ;; *) usage ;; esac
file=perf/macro/$name.json
[ -e "$file" ] || file=perf/memory/$name.json
[ -n "$name" ] && [ -e "$file" ] || usage
mkdir -p build/perf/profiles
run=("$bin/tracedeck-macro" --scenarios "$file" --only "$name" --out "$out.json")

# need COMMAND PACKAGE
need() { command -v "$1" >/dev/null || { echo "$1 is not installed: apt-get install $2" >&2; exit 1; }; }

case $what in
    cpu) # sampled; the text report needs no viewer, hotspot and perf report read the data
        need perf linux-perf
        perf record -q -F 999 -e task-clock --call-graph dwarf,16384 -o "$out.data" "${run[@]}" || exit 1
        perf report -i "$out.data" --stdio --no-children -g none 2>/dev/null | grep -v '^#' | head -n 200 >"$out.txt"
        echo "$out.txt (also: perf report -i $out.data, or hotspot $out.data)" ;;
    heap)
        need heaptrack heaptrack
        heaptrack -o "$out" "${run[@]}" >"$out.log" 2>&1 || { tail "$out.log" >&2; exit 1; }
        heaptrack_print "$(ls "$out".zst "$out".gz 2>/dev/null | head -n 1)" >"$out.txt" 2>/dev/null
        echo "$out.txt" ;;
    calls) # exact instruction counts with callers; slow
        need valgrind valgrind
        valgrind -q --tool=callgrind --callgrind-out-file="$out.callgrind" "${run[@]}" || exit 1
        callgrind_annotate --inclusive=yes "$out.callgrind" >"$out.txt" 2>/dev/null
        echo "$out.txt (also: kcachegrind $out.callgrind)" ;;
esac
