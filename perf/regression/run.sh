#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# perf/regression/run.sh BIN_DIR [--strict] [--update-baseline CASE|all --reason TEXT] | --self-test
# Counts instructions, allocations and bytes of the guarded cases under callgrind and holds them against
# baselines.json. --self-test plants a slower, a leaking and an allocating variant, which must all be caught.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
bin=$(cd "${1:?folder of the programs}" && pwd)
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 TZ=UTC XDG_RUNTIME_DIR=$work
chmod 700 "$work"

# gate NAME ARGUMENTS...: runs the cases into $work/NAME.json with one callgrind dump per case.
gate()
{
    local name=$1
    shift
    valgrind -q --tool=callgrind --instr-atstart=no --callgrind-out-file="$work/$name" \
        "$bin/tracedeck-gate" --out "$work/$name.json" "$@" || { echo "the cases could not be run" >&2; exit 2; }
    if [ ! -e "$work/$name.json" ]; then exit 0; fi # a build that cannot count says so and stops
}

self_test()
{
    local fault figure failed=0
    gate none --self-test none
    "$bin/tracedeck-perf-check" --results "$work/none.json" --callgrind "$work/none" --baselines "$work/baselines.json" \
        --update-baseline all --reason "self-test" >"$work/update.txt" || exit 2
    for fault in none slower leaking allocating; do
        gate "$fault" --self-test "$fault"
        "$bin/tracedeck-perf-check" --results "$work/$fault.json" --callgrind "$work/$fault" \
            --baselines "$work/baselines.json" >"$work/$fault.txt"
        local status=$?
        case $fault in none) figure= ;; slower) figure=ir ;; leaking) figure=kept_bytes ;; allocating) figure=allocs ;; esac
        if [ "$fault" = none ] && [ $status = 0 ]; then
            echo "self-test: nothing planted, nothing found"
        elif [ "$fault" != none ] && [ $status = 1 ] && grep -q "^WORSE .*planted $figure:" "$work/$fault.txt"; then
            echo "self-test: $fault caught: $(grep "planted $figure:" "$work/$fault.txt" | sed 's/^WORSE *//; s/;.*//')"
        else
            echo "self-test: $fault: NOT as it should be"
            cat "$work/$fault.txt"
            failed=1
        fi
    done
    return $failed
}

command -v valgrind >/dev/null || { echo "not run: valgrind is not installed (./dev setup)"; exit 0; }
if [ "${1:-}" = --self-test ]; then
    self_test
    exit
fi
gate gate
"$bin/tracedeck-perf-check" --results "$work/gate.json" --callgrind "$work/gate" --baselines "$here/baselines.json" \
    --out "${TRACEDECK_PERF_OUT:-$work/full.json}" "$@"
