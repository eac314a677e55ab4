#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# ./dev profile trace: the app's own refreshes as an OTLP file that a collector takes and the app opens.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
bin=${TRACEDECK_BIN:-}
for candidate in build/ci/bin build/dev/bin build/release/bin; do
    [ -z "$bin" ] && [ -x $candidate/tracedeck ] && bin=$candidate
done
[ -n "$bin" ] || { echo "not run: profile_trace_test.sh needs tracedeck"; exit 0; }
command -v curl >/dev/null || { echo "not run: profile_trace_test.sh needs curl"; exit 0; }
work=$(mktemp -d)
fail() { echo "profile_trace_test.sh: $*" >&2; cat "$work/out" >&2; exit 1; }

TRACEDECK_BIN=$bin tools/profile.sh trace refresh >"$work/out" 2>&1 || fail "it fails"
file=$(head -n 1 "$work/out" | cut -d' ' -f1)
trap 'rm -rf "$work" "${file%.json}".*' EXIT
for part in '"name":"refresh"' '"name":"derive"' '"stringValue":"tracedeck"' '"intValue":"5000"'; do
    grep -qF "$part" "$file" || fail "the file has no $part"
done
link=$(sed -n "s/^open: .*\(tracedeck:[^']*\)'/\1/p" "$work/out")
"$bin/tracedeck" --dump "$work/dump" --no-hold --data-dir "${file%.json}.data" "$link" >"$work/out" 2>&1 \
    || fail "the app does not open its own trace $link"
grep -q 'derive' "$work/dump" || fail "the app does not show its own spans"
echo "profile trace: recorded, opened by the app itself"
