#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# ./dev preview: starts, says how to open it, refuses a taken port, handles what a crash leaves behind. The curl line
# and the link it prints are opened here.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
bin=${TRACEDECK_BIN:-}
for candidate in build/ci/bin build/dev/bin build/release/bin; do
    [ -z "$bin" ] && [ -x $candidate/tracedeck-collector ] && [ -x $candidate/tracedeck-demo ] && bin=$candidate
done
[ -n "$bin" ] || { echo "not run: preview_test.sh needs tracedeck-collector and tracedeck-demo"; exit 0; }
folder=$(mktemp -d)
preview() { local action=$1; shift; tools/preview.sh "$action" --dir "$folder/one" --bin "$bin" --port "$port" "$@"; }
trap 'preview stop >/dev/null 2>&1; tools/preview.sh stop --dir "$folder/two" --bin "$bin" >/dev/null 2>&1; rm -rf "$folder"' EXIT
fail() { echo "preview_test.sh: $*" >&2; cat "$folder/out" >&2; exit 1; }
busy() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

port=$((20000 + RANDOM % 10000))
while busy "$port"; do port=$((port + 1)); done

preview status >"$folder/out" 2>&1 && fail "status of nothing succeeds"
preview start >"$folder/out" 2>&1 || fail "does not start"
curl_line=$(sed -n 's/^curl: //p' "$folder/out")
link=$(sed -n 's/^link: //p' "$folder/out")
bash -c "$curl_line" > "$folder/answer" || fail "the curl line fails: $curl_line"
grep -q '"traces":\[{' "$folder/answer" || fail "the curl line shows no traces"
trace=${link##*=}
curl -sf -H "Authorization: Bearer $(cat "$folder/one/data/token")" "http://127.0.0.1:$port/api/v1/traces/$trace" \
    | grep -q "$trace" || fail "the link names no stored trace: $link"
if [ -x "$bin/tracedeck" ]; then
    "$bin/tracedeck" --dump "$folder/dump" --no-hold --data-dir "$folder/one/data" "$link" >"$folder/out" 2>&1 \
        || fail "the app does not open the link"
    grep -q 'http.route=' "$folder/dump" || fail "the app does not show the spans of the trace"
else
    echo "  not run: the link was not opened, there is no $bin/tracedeck"
fi
preview start >"$folder/out" 2>&1 && fail "a second start succeeds"
grep -q 'already running' "$folder/out" || fail "a second start gives no reason"
tools/preview.sh start --dir "$folder/two" --bin "$bin" --port "$port" >"$folder/out" 2>&1 && fail "takes a taken port"
grep -q "port $port is taken" "$folder/out" || fail "a taken port gives no reason"
preview status >"$folder/out" 2>&1 || fail "status fails while it runs"

kill -KILL "$(cat "$folder/one/collector.pid")" # as a crash would
while busy "$port"; do sleep 0.1; done
preview status >"$folder/out" 2>&1 && fail "status succeeds after a crash"
preview start >"$folder/out" 2>&1 || fail "does not start again after a crash"
preview stop >"$folder/out" 2>&1 || fail "does not stop"
busy "$port" && fail "something still listens after stop"
echo $$ > "$folder/one/collector.pid" # the number belongs to somebody else now
preview stop >"$folder/out" 2>&1 && fail "stops a stranger"
[ -e "$folder/one/collector.pid" ] && fail "keeps a stale pid file"
tools/preview.sh start --dir "$folder/one" --bin "$bin" --port x >"$folder/out" 2>&1 && fail "takes a port that is none"
echo "preview: starts, opens, refuses, recovers, stops"
