#!/usr/bin/env bash
# run_script_tests.sh SUITE FILE RESULTS: runs every function test_* of FILE in a subshell and an empty folder of its own,
# and appends a result line for each (see scripts/lib/results.sh). A test fails when one of its commands does.
set -euo pipefail
suite=$1 file=$2 results=$3

# expect ACTUAL EXPECTED (called by the tests)
# shellcheck disable=SC2317
expect() {
    [ "$1" = "$2" ] && return 0
    printf 'expected: %s\n  actual: %s\n' "$2" "$1" >&2
    return 1
}

# expect_failure COMMAND...: it must not succeed.
# shellcheck disable=SC2317
expect_failure() {
    if ("$@"); then
        echo "should have failed: $*" >&2
        return 1
    fi
}

# shellcheck source=/dev/null
. "$file"
mapfile -t tests < <(declare -F | awk '$3 ~ /^test_/ { print $3 }')
[ "${#tests[@]}" -gt 0 ]
bad=0
for test in "${tests[@]}"; do
    folder=$(mktemp -d --suffix=-safargo)
    status=0
    echo "=== $test"
    set +e
    (
        set -e
        cd "$folder"
        "$test"
    )
    status=$?
    set -e
    rm -rf "$folder"
    case $status in
        0) word=passed ;;
        77) word=skipped ;; # the test ended with "exit 77": this machine cannot run it
        *) word=failed bad=1 ;;
    esac
    echo "=== $test $word"
    printf '%s\t%s\t%s\n' "$word" "$suite" "$test" >>"$results"
done
exit "$bad"
