# shellcheck shell=bash
# Format, clang-tidy and shell checks. Sourced by ./dev.

LAYER_FOLDERS=(core selectors formats models views refresh sources collector app perf tests)

cpp_files()
{
    git -C "$ROOT" ls-files --cached --others --exclude-standard -- "${LAYER_FOLDERS[@]/%//*.h}" "${LAYER_FOLDERS[@]/%//*.cpp}" \
        | sort -u | while read -r file; do [ -f "$ROOT/$file" ] && printf '%s\n' "$file"; done
}

check_format()
{
    local bad
    bad=$(cd "$ROOT" && cpp_files | xargs -r clang-format-16 --dry-run 2>&1 | grep -o '^[^:]*\.\(cpp\|h\):' | sort -u)
    if [ -n "$bad" ]; then
        printf '%s\n' "$bad" >&2
        die "these files are not formatted: run clang-format-16 -i on them"
    fi
    say "format: $(cpp_files | wc -l) files clean"
}

# Files changed against the base: the last landed state, else the previous commit.
changed_sources()
{
    local base
    base=$(git -C "$ROOT" merge-base HEAD '@{upstream}' 2>/dev/null)
    if [ -z "$base" ] || [ "$base" = "$(git -C "$ROOT" rev-parse HEAD)" ]; then
        base=$(git -C "$ROOT" rev-parse -q --verify HEAD~1 || git -C "$ROOT" hash-object -t tree /dev/null)
    fi
    { git -C "$ROOT" diff --name-only --diff-filter=d "$base"; git -C "$ROOT" ls-files --others --exclude-standard; } | sort -u
}

# own_includes: per source file one line "file header header ...": the file and every own header it reaches.
own_includes()
{
    git -C "$ROOT" grep --untracked -hH -E '^#include "' -- '*.h' '*.cpp' | awk -F'"' '
        { colon = index($1, ":"); file = substr($1, 1, colon - 1); direct[file] = direct[file] " " $2; if (!(file in seen)) { seen[file] = 1 } }
        function reach(name, mark,   parts, count, i) {
            count = split(direct[name], parts, " ")
            for (i = 1; i <= count; ++i) {
                if (!((mark, parts[i]) in reached)) { reached[mark, parts[i]] = 1; line = line " " parts[i]; reach(parts[i], mark) }
            }
        }
        END { for (file in seen) { if (file ~ /\.cpp$/) { line = file; reach(file, file); print line } } }'
}

# tidy DATABASE FILE... : runs clang-tidy-16 unless this very content (file, own headers, settings) passed before.
# Files that pass are remembered by content, so a run that was stopped goes on where it was.
tidy()
{
    local database=$1 failed=0
    shift
    mkdir -p "$ROOT/build/tidy-cache"
    own_includes | sort >"$ROOT/build/tidy-cache/includes"
    printf '%s\n' "$@" | env ROOT="$ROOT" DATABASE="$database" xargs -r -P "${TRACEDECK_TIDY_JOBS:-$(nproc)}" -n 1 "$ROOT/tools/tidy_file.sh" || failed=1
    [ $failed = 0 ] || die "clang-tidy-16 found problems"
    say "clang-tidy: $# files clean"
}

# Beast and gRPC cost more than a minute of analysis each and are not ours to lint.
lintable()
{
    grep -E '\.cpp$' | grep -vE '^collector/(http_server|websocket_session|grpc_server)\.cpp$|^tests/'
}

lint()
{
    check_format
    "$ROOT/tests/tooling/linters_test.sh" || die "the linters do not run the checks they should"
    configure tidy
    ninja -C "$ROOT/build/tidy" $(autogen_targets tidy) >/dev/null || die "generated sources could not be made"
    local files
    if [ "${1:-}" = --all ]; then
        mapfile -t files < <(cpp_files | lintable)
        tidy "$ROOT/build/tidy" "${files[@]}"
        lint_clazy
    else
        mapfile -t files < <(changed_sources | lintable | head -n "${TRACEDECK_TIDY_LIMIT:-40}")
        tidy "$ROOT/build/tidy" "${files[@]}"
    fi
}

lint_clazy()
{
    configure clazy
    ninja -C "$ROOT/build/clazy" tracedeck_models tracedeck_views tracedeck_refresh tracedeck_sources tracedeck_app \
        >"$ROOT/build/clazy.log" 2>&1 || { tail -n 40 "$ROOT/build/clazy.log" >&2; die "clazy build failed"; }
    if grep -q '\[-Wclazy' "$ROOT/build/clazy.log"; then
        grep '\[-Wclazy' "$ROOT/build/clazy.log" | sort -u >&2
        die "clazy found problems"
    fi
    say "clazy: clean"
}
