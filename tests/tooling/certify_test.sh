#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# ./dev certify on commands of this test: figures are taken from what they print, a planted failure fails it and has a
# row that says so, what --quick leaves out is named.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
bin=${TRACEDECK_BIN:-}
for candidate in build/ci/bin build/dev/bin build/release/bin; do
    [ -z "$bin" ] && [ -x $candidate/tracedeck-certificate ] && bin=$candidate
done
[ -n "$bin" ] || { echo "not run: certify_test.sh needs tracedeck-certificate"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "certify_test.sh: $*" >&2; cat "$work/out.md" "$work/log" >&2; exit 1; }
certify() { tools/certify.sh --bin "$bin" --work "$work/run" --plan "$work/plan.json" --out "$work/out.md" "$@" >"$work/log" 2>&1; }

cat >"$work/plan.json" <<'PLAN'
{"budgets": [{"what": "one thing", "budget": "5 ms", "step": "bench", "where": {"case": "a"}, "figure": "ms", "most": 5,
  "unit": "ms"}], "risks": ["a risk"]}
PLAN
cat >"$work/steps.txt" <<STEPS
# a remark
bench always - echo '{"case":"a","ms":4.25}'
results always $work/results.json echo '[{"suite":"x"}]' > $work/results.json
long full - touch $work/was-run
STEPS
certify --quick --steps "$work/steps.txt" || fail "good commands fail"
[ ! -e "$work/was-run" ] || fail "--quick runs what it should leave out"
for part in '| one thing | 5 ms | 4.25 ms | met |' "echo '{" 'not run' '* a risk' 'Every command that ran succeeded'; do
    grep -qF -- "$part" "$work/out.md" || fail "the certificate does not say: $part"
done
[ -e "$work/run/results.json" ] || fail "a file of results is not kept"
certify --steps "$work/steps.txt" || fail "the full run fails"
[ -e "$work/was-run" ] || fail "the full run leaves something out"

echo 'planted always - echo gone wrong; exit 7' >>"$work/steps.txt"
certify --steps "$work/steps.txt"
[ $? = 1 ] || fail "a failing command does not end with 1"
grep -qF '| `echo gone wrong; exit 7` | **7, failed** |' "$work/out.md" || fail "the failing command has no row that says so"
grep -qF '**failed**: planted ended with 7' "$work/out.md" || fail "the failure is not named"
sed -i 's/4.25/5.25/' "$work/steps.txt"
certify --steps "$work/steps.txt"
grep -qF '5.25 ms instead of 5 ms' "$work/out.md" || fail "a missed budget without a reason passes"
certify --steps "$work/none.txt"
[ $? = 2 ] || fail "missing steps are not refused"
certify --nonsense
[ $? = 2 ] || fail "an unknown option is taken"
echo "certify: figures from output, a planted failure fails it"
