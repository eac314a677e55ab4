# shellcheck shell=bash
# ./dev test and ./dev fuzz. Sourced by ./dev.

fuzz_targets()
{
    (cd "$ROOT/tests/fuzz" 2>/dev/null && ls ./*_fuzz.cpp 2>/dev/null | sed 's|^\./||; s|\.cpp$||')
}

# run_fuzz SECONDS [TARGET...]
run_fuzz()
{
    local seconds=$1 target
    shift
    local targets=("$@")
    [ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(fuzz_targets)
    [ ${#targets[@]} -gt 0 ] || return 0
    configure fuzz
    ninja -C "$ROOT/build/fuzz" "${targets[@]}" >"$ROOT/build/fuzz.log" 2>&1 \
        || { tail -n 40 "$ROOT/build/fuzz.log" >&2; die "the fuzz targets do not build"; }
    for target in "${targets[@]}"; do
        local corpus=$ROOT/build/fuzz-corpus/$target
        mkdir -p "$corpus"
        if (cd "$corpus" && "$ROOT/build/fuzz/bin/$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
                -artifact_prefix="$ROOT/build/$target-" "$corpus") >"$ROOT/build/$target.log" 2>&1; then
            FUZZ_PASSED=$((${FUZZ_PASSED:-0} + 1))
            say "fuzz: $target clean for ${seconds} s ($(grep -c . <(ls "$corpus")) inputs kept)"
        else
            FUZZ_FAILED=$((${FUZZ_FAILED:-0} + 1))
            tail -n 30 "$ROOT/build/$target.log" >&2
            say "fuzz: $target FAILED"
        fi
    done
}

# Tests of ctest that are no gtest program (the performance gate) and ended with RESULT ("Passed", "***Failed").
other_tests()
{
    local name count=0
    while read -r name; do
        [ -e "$1/results/$name.json" ] || count=$((count + 1))
    done < <(grep -F -- "$2" "$1/ctest.log" | grep -oE 'Test +#[0-9]+: [a-z_]+' | grep -oE '[a-z_]+$')
    echo $count
}

# Sums gtest's own results files; a program that died without writing one counts as a failure.
totals()
{
    local folder=$1 file passed=0 failed=0 skipped=0 n f s
    for file in "$folder"/*.json; do
        [ -e "$file" ] || continue
        n=$(grep -c '"status": "RUN"' "$file")
        s=$(grep -c '"result": "SKIPPED"' "$file")
        f=$(grep -o '"failures": [0-9]*' "$file" | head -n 1 | grep -o '[0-9]*$')
        passed=$((passed + n - s - f)); failed=$((failed + f)); skipped=$((skipped + s))
    done
    echo "$passed $failed $skipped"
}

run_tests()
{
    local filter=${1:-} build=$ROOT/build/$TEST_PRESET
    rm -rf "$build/results"
    mkdir -p "$build/results"
    local arguments=(--test-dir "$build" --output-on-failure --timeout 900)
    if [ "$filter" = preprod ]; then
        arguments+=(-L preprod)
    elif [ -n "$filter" ]; then
        arguments+=(-R "$filter")
    fi
    local died=0
    (cd "$build" && ctest "${arguments[@]}") 2>&1 | tee "$build/ctest.log" | grep -vE '^\[ +(OK|RUN) ' || true
    died=$(grep -cE '\*\*\*(Exception|Timeout|Not Run)|SEGFAULT|Subprocess aborted' "$build/ctest.log")
    if grep -q 'No tests were found' "$build/ctest.log"; then
        die "no test matches '$filter'"
    fi
    read -r PASSED FAILED SKIPPED < <(totals "$build/results")
    PASSED=$((PASSED + $(other_tests "$build" ' Passed ')))
    FAILED=$((FAILED + died + $(other_tests "$build" '***Failed')))
    grep -h -o 'not run: [^"]*' "$build/ctest.log" | sort -u | sed 's/^/  /' || true
}

test_all()
{
    local filter=${1:-}
    PASSED=0 FAILED=0 SKIPPED=0 FUZZ_PASSED=0 FUZZ_FAILED=0
    build_preset "$TEST_PRESET"
    run_tests "$filter"
    if [ -z "$filter" ]; then
        # In a shell of its own: a finding is one failure among the totals, not their end.
        if (lint); then PASSED=$((PASSED + 1)); else FAILED=$((FAILED + 1)); say "FAILED: lint"; fi
        run_fuzz "${TRACEDECK_FUZZ_SECONDS:-10}"
        local script
        for script in "$ROOT"/tests/tooling/*_test.sh; do
            [ -e "$script" ] || continue
            if "$script"; then PASSED=$((PASSED + 1)); else FAILED=$((FAILED + 1)); say "FAILED: ${script##*/}"; fi
        done
    fi
    PASSED=$((PASSED + FUZZ_PASSED)); FAILED=$((FAILED + FUZZ_FAILED))
    printf '%d passed, %d failed, %d skipped\n' "$PASSED" "$FAILED" "$SKIPPED"
    [ "$FAILED" = 0 ] && [ "$PASSED" -gt 0 ]
}
