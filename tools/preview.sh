#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# ./dev preview start|stop|status [--port N] [--dir FOLDER] [--bin FOLDER]: a collector with demo data on a fixed port.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

port=4328
dir=build/preview
bin=build/release/bin
action=${1:-}
[ $# -eq 0 ] || shift
while [ $# -gt 0 ]; do
    case $1 in
        --port) port=${2:-} ;;
        --dir) dir=${2:-} ;;
        --bin) bin=${2:-} ;;
        *) echo "usage: ./dev preview start|stop|status [--port N] [--dir FOLDER] [--bin FOLDER]" >&2; exit 2 ;;
    esac
    shift; [ $# -eq 0 ] || shift
done
case $port in ''|*[!0-9]*) echo "preview: --port wants a number" >&2; exit 2 ;; esac
[ -n "$dir" ] || { echo "preview: --dir wants a folder" >&2; exit 2; }

# pid_of NAME PROGRAM: the pid in the file, if that process still is that program; a stale file is removed.
pid_of()
{
    local file=$dir/$1.pid pid
    [ -s "$file" ] || return 1
    read -r pid < "$file"
    case $pid in ''|*[!0-9]*) rm -f "$file"; return 1 ;; esac
    if [ "$(readlink "/proc/$pid/exe" 2>/dev/null | sed 's/ (deleted)$//; s|.*/||')" = "$2" ]; then
        echo "$pid"
    else
        rm -f "$file"
        return 1
    fi
}

# wait_until SECONDS COMMAND...: true as soon as the command is, false when the time is over.
wait_until()
{
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.1
    done
}

listening() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
answers() { curl -sf -m 2 -o /dev/null "http://127.0.0.1:$port/healthz"; }
# By number only: right after its start the process still is the shell, which pid_of takes for somebody else's.
sent() { [ -s "$dir/trace" ] || gone "$1"; }
gone() { ! kill -0 "$1" 2>/dev/null; }

describe()
{
    local trace
    trace=$(head -n 1 "$dir/trace" 2>/dev/null)
    echo "collector: http://127.0.0.1:$port (pid $1), log $dir/collector.log"
    echo "link: tracedeck://traces?trace=$trace"
    echo "open: $bin/tracedeck --data-dir $dir/data 'tracedeck://traces?trace=$trace'"
    echo "curl: curl -sf -H \"Authorization: Bearer \$(cat $dir/data/token)\" 'http://127.0.0.1:$port/api/v1/traces?limit=5'"
}

end_process() # NAME PROGRAM
{
    local pid
    pid=$(pid_of "$1" "$2") || return 1
    kill -TERM "$pid"
    wait_until 10 gone "$pid" || { echo "preview: $2 (pid $pid) does not end" >&2; return 2; }
    rm -f "$dir/$1.pid"
}

start()
{
    local pid
    if pid=$(pid_of collector tracedeck-collector); then
        echo "preview: already running" >&2
        describe "$pid"
        return 1
    fi
    listening && { echo "preview: port $port is taken by another program; choose one with --port" >&2; return 1; }
    [ -x "$bin/tracedeck-collector" ] && [ -x "$bin/tracedeck-demo" ] \
        || { echo "preview: $bin has no tracedeck-collector and tracedeck-demo" >&2; return 1; }
    end_process demo tracedeck-demo
    mkdir -p "$dir" && rm -rf "$dir/data" "$dir/trace" || return 1
    "$bin/tracedeck-collector" --listen "127.0.0.1:$port" --grpc-listen off --data-dir "$dir/data" \
        > "$dir/collector.log" 2>&1 < /dev/null &
    echo $! > "$dir/collector.pid"
    if ! wait_until 20 answers; then
        tail -n 5 "$dir/collector.log" >&2
        end_process collector tracedeck-collector
        rm -f "$dir/collector.pid"
        echo "preview: the collector does not answer" >&2
        return 1
    fi
    "$bin/tracedeck-demo" --to "127.0.0.1:$port" --live > "$dir/trace" 2> "$dir/demo.log" < /dev/null &
    local demo=$!
    echo "$demo" > "$dir/demo.pid"
    wait_until 30 sent "$demo"
    [ -s "$dir/trace" ] || { cat "$dir/demo.log" >&2; stop; echo "preview: the demo data could not be sent" >&2; return 1; }
    describe "$(cat "$dir/collector.pid")"
}

stop()
{
    end_process demo tracedeck-demo
    if end_process collector tracedeck-collector; then echo "preview: stopped"; else echo "preview: not running" >&2; return 1; fi
}

status()
{
    local pid
    if pid=$(pid_of collector tracedeck-collector) && answers; then
        describe "$pid"
    else
        echo "preview: not running" >&2
        return 1
    fi
}

case $action in
    start|stop|status) "$action" ;;
    *) echo "usage: ./dev preview start|stop|status [--port N] [--dir FOLDER] [--bin FOLDER]" >&2; exit 2 ;;
esac
