#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The commands around the benchmarks answer wrong use with a usage text and a status, and the guide names only
# suites and scenarios that exist.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
failed=0
check() { if ! eval "$2"; then echo "bench usage: $1"; failed=1; fi; }

output=$(tools/bench.sh nonsense 2>&1); status=$?
check "an unknown suite is not refused" '[ $status = 2 ]'
for suite in selectors decode ingest micro macro memory pools journey regression; do
    check "the usage does not name $suite" 'grep -q "$suite" <<<"$output"'
    check "the guide does not name ./dev bench $suite" 'grep -q "^./dev bench $suite" perf/README.md'
done
tools/profile.sh cpu no-such-scenario >/dev/null 2>&1
check "an unknown scenario is profiled" '[ $? = 2 ]'
tools/profile.sh nothing scroll >/dev/null 2>&1
check "an unknown kind of profile is taken" '[ $? = 2 ]'
perf/regression/run.sh >/dev/null 2>&1
check "the gate runs without programs" '[ $? != 0 ]'
perf/regression/run.sh /nonexistent >/dev/null 2>&1
check "the gate passes where there are no programs" '[ $? != 0 ]'
for script in tools/bench.sh tools/profile.sh perf/regression/run.sh perf/memory/run.sh; do
    check "$script does not parse" 'bash -n $script'
    check "$script cannot be run" '[ -x $script ]'
done
for file in perf/macro/*.json perf/memory/*.json; do
    check "$file says no kind" 'grep -q "\"kind\"" $file'
done
[ $failed = 0 ] && echo "bench usage: as described"
exit $failed
