#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tracedeck-stress as a program: one JSON object, exit codes, loopback only, a planted loss.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
bin=${TRACEDECK_BIN:-}
for candidate in build/ci/bin build/dev/bin build/release/bin; do
    [ -z "$bin" ] && [ -x $candidate/tracedeck-stress ] && bin=$candidate
done
[ -n "$bin" ] || { echo "not run: stress_test.sh needs tracedeck-stress"; exit 0; }
out=$(mktemp)
trap 'rm -f "$out"' EXIT
fail() { echo "stress_test.sh: $*" >&2; cat "$out" >&2; exit 1; }

"$bin/tracedeck-stress" ws --clients 26 --duration 2 --per-client-cap 12 --stagger 1 >"$out" 2>&1 || fail "ws fails"
[ "$(wc -l < "$out")" = 1 ] || fail "ws prints more than one line"
for part in '"attempted":26,' '"successful":26,' '"failed":0,' '"errors":0,' '"lost":0,' '"in_flight":0,' \
    '"over_cap":{"attempted":2,"refused":2,"status":429,' 'already has 12 push connections' '"conserved":true'; do
    grep -qF "$part" "$out" || fail "ws does not say $part"
done
"$bin/tracedeck-stress" ws --clients 3 --duration 1 --plant loss >"$out" 2>&1
[ $? = 1 ] || fail "a planted loss does not end with 1"
grep -qF '"conserved":false' "$out" || fail "a planted loss is not said"
"$bin/tracedeck-stress" ingest --clients 2 --duration 1 >"$out" 2>&1 || fail "ingest fails"
grep -qF '"conserved":true' "$out" || fail "ingest does not balance"
"$bin/tracedeck-stress" ws --host 192.0.2.1 >"$out" 2>&1
[ $? = 2 ] || fail "a foreign host is not refused"
"$bin/tracedeck-stress" ws --clients 100000 >"$out" 2>&1
[ $? = 2 ] || fail "unbounded load is not refused"
echo "stress: balances, refuses, finds a planted loss"
