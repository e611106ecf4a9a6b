#!/usr/bin/env bash
# ./safargo check [NAME...]: the house rules that a machine can see; what CI runs, and clang-tidy on changed files.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

for name in "$@"; do
    [ -f "$SAFARGO_ROOT/scripts/checks/$name.sh" ] || usage_error "check: there is no check \"$name\" in scripts/checks"
done
for piece in results test_jobs suite_checks suite_unit; do
    # shellcheck source=/dev/null
    . "$SAFARGO_ROOT/scripts/lib/$piece.sh"
done
export RESULTS_DIR=$SAFARGO_STATE/check-results
on_exit stop_test_jobs
take_lock work
ensure_tools up test
ensure_workspace
reset_results
mkdir -p "$TEST_LOGS"
ensure_test_cluster
run_checks "^($(IFS='|' && echo "${*:-.*}"))\$"
show_skipped
if [ "$(count_results failed)" != 0 ]; then show_failures; fi
summary_line
results_are_good || exit 1
