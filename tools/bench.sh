#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# ./dev bench [suite] [arguments]: runs a suite of the release build; perf/README.md says what each is for.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
bin=build/release/bin
results=build/perf
suite=${1:-all}
[ $# -eq 0 ] || shift
export QT_QPA_PLATFORM=${QT_QPA_PLATFORM:-offscreen}
commit=$(git describe --always --dirty=+changes 2>/dev/null)
export TRACEDECK_PERF_COMMIT=$commit

# Suites that write results: `run NAME PROGRAM ARGUMENTS...` keeps the last ones for --compare and a dated copy.
run()
{
    local name=$1 compare=() status words=() word
    shift
    mkdir -p "$results/history"
    for word in "$@"; do
        if [ "$word" = --compare ]; then compare=(--before "$results/$name.before.json"); else words+=("$word"); fi
    done
    if [ ${#compare[@]} -gt 0 ] && [ ! -e "$results/$name.json" ]; then
        echo "there is nothing to compare with yet: this run is the first of '$name'" >&2
        compare=()
    fi
    [ ! -e "$results/$name.json" ] || cp "$results/$name.json" "$results/$name.before.json"
    "${words[@]}" --out "$results/$name.json" >"$results/$name.log" 2>&1
    status=$?
    [ $status = 0 ] || { tail -n 20 "$results/$name.log" >&2; return $status; }
    cp "$results/$name.json" "$results/history/$name-$(date -u +%Y%m%dT%H%M%SZ).json"
    "$bin/tracedeck-perf-check" --results "$results/$name.json" --out "$results/$name.json" "${compare[@]}"
    echo "results: $results/$name.json; load average $(cut -d' ' -f1 /proc/loadavg)"
}

case $suite in
    selectors|decode) exec "$bin/tracedeck-bench" "$suite" "$@" ;;
    ingest) exec "$bin/tracedeck-ingest-bench" "$@" ;;
    regression)
        mkdir -p "$results"
        TRACEDECK_PERF_OUT=$results/regression.json exec perf/regression/run.sh "$bin" "$@" ;;
    micro) run micro "$bin/tracedeck-micro" "$@" ;;
    macro) run macro "$bin/tracedeck-macro" --scenarios perf/macro "$@" ;;
    collector) run collector "$bin/tracedeck-collector-load" --scenario "perf/macro/collector/${1:-ingest_under_readers}.json" ;;
    memory) run memory "$bin/tracedeck-macro" --scenarios perf/memory "$@" ;;
    journey) exec perf/memory/run.sh "$bin" journey ;;
    pools) run pools "$bin/tracedeck-micro" --pools "$@" ;;
    all)
        status=0
        "$bin/tracedeck-bench" selectors --rows 5000 && "$bin/tracedeck-bench" selectors --rows 500000 \
            && "$bin/tracedeck-bench" decode --spans 100000 && "$bin/tracedeck-ingest-bench" || status=1
        for suite in micro macro memory pools regression; do "$0" $suite || status=1; done
        exit $status ;;
    *)
        echo "suites: selectors [--rows N] [--domain D] [--case NAME], decode [--spans N], ingest, collector [SCENARIO], micro, macro, memory,
pools (each with --compare), journey (10 minutes of use), regression [--strict] [--self-test] [--update-baseline CASE|all --reason TEXT], all" >&2
        exit 2 ;;
esac
