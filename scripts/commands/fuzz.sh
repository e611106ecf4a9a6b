#!/usr/bin/env bash
# ./safargo fuzz [TARGET] [--seconds N]: runs the fuzzers with new inputs, and for longer than the tests do.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

target=. FUZZ_SECONDS=60
while [ $# -gt 0 ]; do
    case $1 in
        --seconds)
            FUZZ_SECONDS=${2:-}
            shift
            ;;
        -*) usage_error "fuzz [TARGET] [--seconds N]" ;;
        *) target="^.*/$1\$" ;;
    esac
    shift
done
case $FUZZ_SECONDS in '' | *[!0-9]*) usage_error "fuzz --seconds needs a number" ;; esac
for piece in results test_jobs suite_unit suite_fuzz; do
    # shellcheck source=/dev/null
    . "$SAFARGO_ROOT/scripts/lib/$piece.sh"
done
export FUZZ_SEED='' FUZZ_RUNS=-1
export RESULTS_DIR=$SAFARGO_STATE/fuzz-results
on_exit stop_test_jobs
take_lock work
ensure_packages up test
reset_results
mkdir -p "$TEST_LOGS"
suite_fuzz "$target"
if [ "$(count_results failed)" != 0 ]; then show_failures; fi
summary_line
results_are_good || exit 1
