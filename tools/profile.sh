#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# ./dev profile cpu|heap|calls|trace SCENARIO: where a scenario of perf/macro or perf/memory spends its time or memory;
# trace: the app itself with as many rows, and the traces it makes of its own refreshes.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
what=${1:-}
name=${2:-}
bin=${TRACEDECK_BIN:-build/release/bin}
out=build/perf/profiles/$name-$what-$(date -u +%Y%m%dT%H%M%SZ)
export QT_QPA_PLATFORM=offscreen
usage() { echo "usage: ./dev profile cpu|heap|calls|trace SCENARIO; scenarios: $(ls perf/macro/*.json perf/memory/*.json | xargs -n1 basename | sed 's/\.json//' | tr '\n' ' ')" >&2; exit 2; }
case $what in cpu|heap|calls|trace) ;; *) usage ;; esac
file=perf/macro/$name.json
[ -e "$file" ] || file=perf/memory/$name.json
[ -n "$name" ] && [ -e "$file" ] || usage
mkdir -p build/perf/profiles
run=("$bin/tracedeck-macro" --scenarios "$file" --only "$name" --out "$out.json")

# need COMMAND PACKAGE
need() { command -v "$1" >/dev/null || { echo "$1 is not installed: apt-get install $2" >&2; exit 1; }; }

# until SECONDS COMMAND...: true as soon as the command is.
until_true() { local end=$((SECONDS + $1)); shift; until "$@"; do [ $SECONDS -lt $end ] || return 1; sleep 0.2; done; }
own_api() { curl -sf -m 10 -H "Authorization: Bearer $(cat "$out.data/token")" "http://$(grep -oE '127\.0\.0\.1:[0-9]+' "$out.data/owner" | head -n 1)/api/v1/$1"; }
own_ids() { own_api 'traces?own=1&q=service:tracedeck&order=start-asc&limit=100' 2>/dev/null | grep -oE '"traceId":"[0-9a-f]{32}"' | cut -d'"' -f4; }
has_own() { [ "$(own_ids | wc -l)" -ge 3 ]; }

# The app with the rows of the scenario; its own traces become one OTLP JSON request.
own_trace()
{
    local rows app ids id separator='' status=0
    rows=$(tr -d ' \n' <"$file" | grep -oE '"(rows|sizes)":\[?[0-9]+' | grep -oE '[0-9]+$' | head -n 1)
    mkdir -m 700 "$out.data"
    "$bin/tracedeck" --demo "${rows:-600}" --page workloads --data-dir "$out.data" --listen 127.0.0.1:0 \
        >"$out.log" 2>&1 </dev/null &
    app=$!
    until_true 60 has_own || { echo "the app made no traces of its own, see $out.log" >&2; status=1; }
    ids=$(own_ids)
    printf '{"resourceSpans":[' >"$out.json"
    for id in $ids; do
        printf '%s' "$separator" >>"$out.json"
        own_api "traces/$id" | sed 's/^{"resourceSpans":\[//; s/\]}$//' | tr -d '\n' >>"$out.json" || status=1
        separator=,
    done
    printf ']}\n' >>"$out.json"
    kill -TERM $app
    wait $app
    [ $status = 0 ] || return 1
    echo "$out.json ($(wc -w <<<"$ids") traces of ${rows:-600} rows)"
    echo "open: $bin/tracedeck --data-dir $out.data 'tracedeck://traces?trace=$(head -n 1 <<<"$ids")'"
    echo "or send it: curl -sf -H 'Content-Type: application/json' --data-binary @$out.json http://127.0.0.1:4318/v1/traces"
}

case $what in
    trace) need curl curl; own_trace ;;
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
