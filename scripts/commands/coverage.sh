#!/usr/bin/env bash
# ./safargo coverage [--json] [--found] [FILTER]: which C++ code the unit tests and the fuzzers' inputs run.
# FILTER chooses test programs and fuzzers by path, and the report then covers their folders; --found also replays
# what ./safargo fuzz found in this clone.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

form=text filter=.
export FUZZ_INPUTS=committed
for word in "$@"; do
    case $word in
        --json) form=json ;;
        --found) FUZZ_INPUTS=found ;;
        -*) usage_error "coverage [--json] [--found] [FILTER]" ;;
        *) filter=$word ;;
    esac
done
for piece in results test_jobs suite_unit coverage_runs coverage_report; do
    # shellcheck source=/dev/null
    . "$SAFARGO_ROOT/scripts/lib/$piece.sh"
done
export RESULTS_DIR=$SAFARGO_STATE/coverage/results
export SAFARGO_TEST_SCALE=$TEST_SCALE
on_exit stop_test_jobs

# With --json standard output (kept as 8) is the report and nothing else.
exec 8>&1
[ "$form" = text ] || exec >&2
take_lock work
heading "SafarGo: getting ready to measure coverage"
ensure_packages up test
run_step "configure coverage" configure-coverage "see ./safargo doctor" configure_build coverage
mapfile -t chosen < <(coverage_programs "$filter")
[ "${#chosen[@]}" -gt 0 ] || die "no test program and no fuzzer matches \"$filter\""
if [ "$filter" = . ]; then build_step coverage; else build_step coverage "${chosen[@]##*/}"; fi

reset_results
mkdir -p "$TEST_LOGS"
heading "Unit and repository tests, and the inputs of the fuzzers"
run_covered "${chosen[@]}"
run_step "report" coverage "the coverage build may be older than the sources: ./safargo build coverage" \
    write_coverage "$filter" "${chosen[@]}"
if [ "$form" = json ]; then cat "$COVERAGE_HOME/coverage.json" >&8; else show_coverage; fi
if [ "$(count_results failed)" != 0 ]; then show_failures; fi
summary_line
results_are_good || exit 1
