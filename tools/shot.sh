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
    if build/release/bin/tracedeck --screenshot "$out/$file.png" --no-hold --data-dir "$data/app" "$@"; then
        echo "$out/$file.png"
    else
        echo "failed: $out/$file.png" >&2
        failed=1
    fi
}

# Traces for the pictures come from the stock SDK where it is installed, sent to a collector of their own.
build/release/bin/tracedeck-collector --listen 127.0.0.1:0 --grpc-listen off --data-dir "$data/collector" > "$data/collector.log" 2>&1 &
collector=$!
address=
for _ in $(seq 100); do
    address=$(grep -oE '127\.0\.0\.1:[0-9]+' "$data/collector.log" | head -n 1)
    [ -n "$address" ] && break
    read -r -t 0.1 < <(:) || true
done
connect=()
[ -z "$address" ] || connect=(--connect "http://$address" --listen off)

for theme in dark light; do
    for size in 1280x800 1920x1080; do
        shot "infrastructure-$theme-$size" --page infrastructure --theme $theme --size $size --listen off
        shot "workloads-$theme-$size" --page workloads --theme $theme --size $size --listen off
    done
done
exit $failed
