#!/usr/bin/env bash
# ./dev bench [suite] [arguments]: runs a suite of the release build and prints one JSON line per case.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
bin=build/release/bin
suite=${1:-all}
[ $# -eq 0 ] || shift
case $suite in
    selectors|decode) exec "$bin/tracedeck-bench" "$suite" "$@" ;;
    ingest) exec "$bin/tracedeck-ingest-bench" "$@" ;;
    all)
        "$bin/tracedeck-bench" selectors --rows 5000 && "$bin/tracedeck-bench" selectors --rows 500000 \
            && "$bin/tracedeck-bench" decode --spans 100000 && "$bin/tracedeck-ingest-bench" ;;
    *) echo "suites: selectors [--rows N] [--domain D] [--case NAME], decode [--spans N], ingest, all" >&2; exit 2 ;;
esac
