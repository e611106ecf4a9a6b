#!/usr/bin/env bash
# ./safargo test [--only SUITE [FILTER [GTEST_FILTER]]]: all tests, counted; nothing is skipped silently.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

only='' filter=''
if [ $# -gt 0 ]; then
    [ "$1" = --only ] || usage_error "test [--only unit|tsan|fuzz|functional|checks [FILTER]]"
    only=${2:-} filter=${3:-}
    export GTEST_CHOICE=${4:-*}
    case $only in
        unit | tsan | fuzz | functional | checks) ;;
        *) usage_error "test --only takes unit, tsan, fuzz, functional or checks" ;;
    esac
fi
for piece in results test_jobs suite_checks suite_unit suite_fuzz suite_functional; do
    # shellcheck source=/dev/null
    . "$SAFARGO_ROOT/scripts/lib/$piece.sh"
done
on_exit stop_test_jobs

wanted() { [ -z "$only" ] || [ "$only" = "$1" ]; }

run_suites() {
    local suite before
    for suite in checks unit tsan fuzz functional; do
        wanted "$suite" || continue
        before=$(result_lines | wc -l)
        # failures are in the results; the other suites still run
        "suite_$suite" "$filter" || :
        [ "$(result_lines | wc -l)" -gt "$before" ] || record_result failed "$suite" "(recorded no result)"
    done
}

take_lock work
started=$SECONDS
heading "SafarGo: getting ready for the tests"
ensure_tools up test
ensure_workspace
case $(stat -f -c %T "$SAFARGO_ROOT") in nfs | 9p) warn "this clone is on a network file system: builds and tests will be slow" ;; esac
reset_results
mkdir -p "$TEST_LOGS"
[ "$only" = fuzz ] || ensure_test_cluster
export SAFARGO_TEST_SCALE=$TEST_SCALE
run_suites

show_skipped
if [ "$(count_results failed)" != 0 ]; then show_failures; fi
say ""
say "  $((SECONDS - started)) s; logs in .safargo/logs/test"
summary_line
results_are_good || exit 1
