#!/usr/bin/env bash
# A linter whose check list does not parse runs nothing and says "clean". This proves it lists its checks
# and still finds a planted mistake.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
count=$(clang-tidy-16 --list-checks --config-file=.clang-tidy 2>/dev/null | grep -c '^    ')
if [ "$count" -lt 150 ]; then
    echo "clang-tidy-16 lists $count checks, at least 150 expected" >&2
    exit 1
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
printf '#include <string>\nint f(const std::string& s) { std::string copy = s; return static_cast<int>(copy.size()); }\nint* g() { return 0; }\n' > "$folder/planted.cpp"
if clang-tidy-16 --quiet --config-file=.clang-tidy "$folder/planted.cpp" -- -std=c++20 >/dev/null 2>&1; then
    echo "clang-tidy-16 does not find a planted mistake" >&2
    exit 1
fi
printf 'int  main( ){return 0;}\n' > "$folder/planted.cpp"
if clang-format-16 --style=file:.clang-format --dry-run -Werror "$folder/planted.cpp" >/dev/null 2>&1; then
    echo "clang-format-16 does not find a planted mistake" >&2
    exit 1
fi
echo "linters: $count checks listed, planted mistakes found"
