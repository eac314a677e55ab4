#!/usr/bin/env bash
# ./dev shot: pictures of every page in both themes into docs/images, made by the app itself without a display.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
out=${1:-docs/images}
mkdir -p "$out"
data=$(mktemp -d)
trap 'kill "${collector:-}" 2>/dev/null; rm -rf "$data"' EXIT
failed=0

shot() # FILE ARGUMENTS...
{
    local file=$1
    shift
    if build/release/bin/tracedeck --screenshot "$out/$file.png" --no-hold "$@"; then
        echo "$out/$file.png"
    else
        echo "failed: $out/$file.png" >&2
        failed=1
    fi
}

# Traces for the pictures come from the stock SDK where it is installed, through a collector on the same directory.
trace=
if command -v node >/dev/null && [ -d tests/e2e/js/node_modules ]; then
    build/release/bin/tracedeck-collector --listen 127.0.0.1:0 --grpc-listen off --data-dir "$data/app" > "$data/log" 2>&1 &
    collector=$!
    for _ in $(seq 100); do
        address=$(grep -oE '127\.0\.0\.1:[0-9]+' "$data/log" | head -n 1)
        [ -n "$address" ] && break
        read -r -t 0.1 < <(sleep 1) || true
    done
    node tests/e2e/js/emit.mjs --http "http://$address" --encodings json,protobuf > "$data/sent.json" \
        && trace=$(grep -oE '"traceId": *"[0-9a-f]{32}"' "$data/sent.json" | head -n 1 | grep -oE '[0-9a-f]{32}')
    kill -TERM $collector
    wait $collector
    collector=
fi

for theme in dark light; do
    for size in 1280x800 1920x1080; do
        look=(--theme "$theme" --size "$size")
        shot "infrastructure-$theme-$size" --page infrastructure --demo 300 "${look[@]}"
        shot "workloads-$theme-$size" --page workloads --demo 300 "${look[@]}"
        shot "this-machine-$theme-$size" --page infrastructure --listen off --data-dir "$data/app" "${look[@]}"
        [ -z "$trace" ] || shot "traces-$theme-$size" --page traces --listen 127.0.0.1:0 --data-dir "$data/app" "${look[@]}"
        [ -z "$trace" ] || shot "trace-$theme-$size" --listen 127.0.0.1:0 --data-dir "$data/app" "${look[@]}" "tracedeck://traces?trace=$trace"
    done
done
for theme in dark light; do
    shot "settings-$theme-1280x800" --page settings --listen off --data-dir "$data/app" --theme "$theme" --size 1280x800
done
shot workloads-contrast-1280x800 --page workloads --demo 300 --theme contrast --size 1280x800
[ -n "$trace" ] || echo "no pictures of traces: Node.js or its packages are missing (./dev setup --servers)" >&2
exit $failed
