# shellcheck shell=bash
# Test programs in parallel, a few at a time; each writes its own log and its own result file.

TEST_JOBS=${SAFARGO_TEST_JOBS:-2}
TEST_SCALE=${SAFARGO_TEST_SCALE:-1}
export TEST_LOGS=$SAFARGO_LOGS/test

# Background jobs of a script do not receive Ctrl-C: end them with the command.
stop_test_jobs() {
    local pids
    pids=$(jobs -p)
    # shellcheck disable=SC2086  # one argument per pid
    [ -z "$pids" ] || stop_trees $pids
}

# in_parallel FUNCTION ITEM...: calls FUNCTION with each item, TEST_JOBS at a time.
in_parallel() {
    local run=$1 item
    shift
    for item in "$@"; do
        while [ "$(jobs -rp | wc -l)" -ge "$TEST_JOBS" ]; do wait -n || :; done
        "$run" "$item" 9>&- &
    done
    wait
}

# scaled SECONDS: time limits grow with SAFARGO_TEST_SCALE.
scaled() { printf '%s' $(($1 * TEST_SCALE)); }

# report_suite SUITE STARTED: one line when a program is done.
report_suite() {
    local text
    text="$1: $(suite_counts "$1") ($((SECONDS - $2)) s)"
    if grep -q '^failed' "$RESULTS_DIR/$1.tsv"; then failed "$text"; else passed "$text"; fi
}

sanitizer_options() {
    export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19 TSAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19
    export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:check_initialization_order=1:detect_leaks=1
    export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
    export TSAN_OPTIONS=second_deadlock_stack=1:halt_on_error=1:external_symbolizer_path=/usr/bin/llvm-symbolizer-19
}
