#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# perf/memory/run.sh BIN_DIR SCENARIO [--self-test]
# Runs a growth scenario (perf/memory/SCENARIO.json). When memory grows, runs a shortened repeat under heaptrack and
# prints where its file is. --self-test plants a leak, which must be caught.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bin=$(cd "${1:?folder of the programs}" && pwd)
scenario=${2:?name of a scenario in perf/memory}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 TZ=UTC XDG_RUNTIME_DIR=$work
chmod 700 "$work"
run=("$bin/tracedeck-macro" --scenarios "$here/$scenario.json" --only "$scenario" --out "$work/result.json")

if [ "${3:-}" = --self-test ]; then
    if TRACEDECK_PLANT_LEAK=1 "${run[@]}" 2>"$work/log"; then
        echo "self-test: a leak was planted and NOT caught"
        exit 1
    fi
    grep -E 'grew|grows' "$work/log" | sed 's/^/self-test: leak caught: /'
    exit "${PIPESTATUS[0]}"
fi
if "${run[@]}"; then
    "$bin/tracedeck-perf-check" --results "$work/result.json"
    exit 0
fi
if command -v heaptrack >/dev/null; then
    kept=${TMPDIR:-/tmp}/tracedeck-$scenario-$(date -u +%Y%m%dT%H%M%SZ)
    timeout 200 heaptrack -o "$kept" "${run[@]}" >"$work/heaptrack.log" 2>&1
    echo "where the memory went: heaptrack_print $(ls "$kept"* 2>/dev/null | head -n 1)"
else
    echo "heaptrack is not installed (./dev setup): no file says where the memory went"
fi
exit 1
