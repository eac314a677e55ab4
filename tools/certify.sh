#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# ./dev certify [--quick]: runs every gate and writes perf/CERTIFICATE.md from what they print. --quick leaves out
# what steps.txt calls full: the tests, 10 million spans, windows. Ends with 1 when a command fails or a budget is missed without a reason.
# The other options are for its own test.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
steps=perf/certify/steps.txt
plan=perf/certify/plan.json
out=perf/CERTIFICATE.md
bin=build/release/bin
work=build/perf/certify
quick=0
while [ $# -gt 0 ]; do
    case $1 in
        --quick) quick=1; shift; continue ;;
        --steps) steps=${2:-} ;;
        --plan) plan=${2:-} ;;
        --out) out=${2:-} ;;
        --bin) bin=${2:-} ;;
        --work) work=${2:-} ;;
        *) echo "usage: ./dev certify [--quick] [--steps FILE] [--plan FILE] [--out FILE] [--bin FOLDER] [--work FOLDER]" >&2; exit 2 ;;
    esac
    [ $# -ge 2 ] || { echo "certify: $1 wants a value" >&2; exit 2; }
    shift 2
done
[ -r "$steps" ] && [ -r "$plan" ] || { echo "certify: no $steps or no $plan" >&2; exit 2; }
[ -x "$bin/tracedeck-certificate" ] || { echo "certify: no $bin/tracedeck-certificate: ./dev build release" >&2; exit 2; }
rm -rf "$work"
mkdir -p "$work/tests" || exit 2
TRACEDECK_PERF_COMMIT=$(git describe --always --dirty=+changes 2>/dev/null)
export TRACEDECK_PERF_COMMIT

# step NAME WHEN RESULTS COMMAND: runs it and keeps what it printed and wrote.
step()
{
    local name=$1 when=$2 results=$3 command=$4 status started=$SECONDS
    if [ "$when" = full ] && [ $quick = 1 ]; then
        printf '%s\t-\t0\t%s\n' "$name" "$command" >>"$work/outcomes.tsv"
        return
    fi
    echo "certify: $command"
    [ "$results" = - ] || rm -f "$results"
    touch "$work/started"
    bash -c "$command" >"$work/$name.out" 2>"$work/$name.err" </dev/null
    status=$?
    [ "$results" = - ] || [ ! -e "$results" ] || cp "$results" "$work/$name.json"
    [ $status = 0 ] || { echo "certify: $name ended with $status, see $work/$name.out and .err"; tail -n 5 "$work/$name.err"; }
    # Results of the tests that this command ran.
    find build/*/results -name '*.json' -newer "$work/started" -exec cp {} "$work/tests/" \; 2>/dev/null
    printf '%s\t%s\t%s\t%s\n' "$name" "$status" $((SECONDS - started)) "$command" >>"$work/outcomes.tsv"
}

while read -r name when results command; do
    case $name in ''|'#'*) continue ;; esac
    step "$name" "$when" "$results" "$command"
done <"$steps"
"$bin/tracedeck-certificate" "$plan" "$work" "$out"
