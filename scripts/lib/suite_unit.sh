# shellcheck shell=bash
# Unit and repository tests (Google Test programs) under the address and undefined-behaviour sanitizers; the parts with
# threads once more under the thread sanitizer.

TSAN_PROGRAMS="matching_test http_test adapters_local_test adapters_pictures_test core_test"
# Of these only the tests of what threads share: the others use one thread, a database, or memory limits that the
# sanitizer itself exceeds.
declare -gA TSAN_PARTS=(
    [adapters_pictures_test]='Slots*'
    [core_test]='Metrics.*'
)
UNIT_TIMEOUT=900 # seconds for one program
GTEST_CHOICE=${GTEST_CHOICE:-*}

# chosen_of PRESET PROGRAM: the filter for its tests. What somebody chose by name counts more than our parts.
chosen_of() {
    local part=${TSAN_PARTS[$2]:-}
    if [ "$1" = tsan ] && [ -n "$part" ] && [ "$GTEST_CHOICE" = '*' ]; then printf '%s' "$part"; else printf '%s' "$GTEST_CHOICE"; fi
}

# run_gtest PRESET:PATH: a program that crashes, times out or runs nothing is one failed result of its own.
run_gtest() {
    local preset=${1%%:*} path=${1#*:} suite report status=0 started=$SECONDS
    suite=$preset-${path##*/}
    report=$RESULTS_DIR/$suite.json
    (cd "$SAFARGO_ROOT" && sanitizer_options &&
        exec timeout --kill-after=10 "$(scaled "$UNIT_TIMEOUT")" "$(build_dir "$preset")/$path" \
            --gtest_output="json:$report" --gtest_filter="$(chosen_of "$preset" "${path##*/}")") >"$TEST_LOGS/$suite.log" 2>&1 || status=$?
    : >"$RESULTS_DIR/$suite.tsv"
    if [ -s "$report" ]; then gtest_results "$suite" "$report" >>"$RESULTS_DIR/$suite.tsv"; fi
    if [ "$status" = 124 ] || [ "$status" = 137 ]; then
        record_result failed "$suite" "(no end within $(scaled "$UNIT_TIMEOUT") s)"
    elif [ "$status" != 0 ] && ! grep -q '^failed' "$RESULTS_DIR/$suite.tsv"; then
        record_result failed "$suite" "(ended with status $status: crash, leak or sanitizer report)"
    elif [ ! -s "$RESULTS_DIR/$suite.tsv" ] && [ "$GTEST_CHOICE" = '*' ]; then
        record_result failed "$suite" "(contains no test)"
    fi
    [ ! -s "$RESULTS_DIR/$suite.tsv" ] || report_suite "$suite" "$started"
}

# run_gtests PRESET FILTER
run_gtests() {
    local preset=$1 chosen
    mapfile -t chosen < <(programs "$preset" _test | grep -E -- "$2")
    if [ "${#chosen[@]}" = 0 ]; then
        record_result failed "$preset-tests" "(no test program matches \"$2\")"
        return 0
    fi
    ensure_systems_of "${chosen[@]/#/$(build_dir "$preset")/}"
    in_parallel run_gtest "${chosen[@]/#/$preset:}"
}

# build_or_record PRESET [TARGET...]: a failed build is a failed result, and the other suites still run.
build_or_record() {
    try_step "build $1" "build-$1" compile "$@" && return 0
    record_result failed "build-$1" "build $1"
    show_build_errors "$1"
    return 1
}

# chosen_tests FILTER: its programs, looked up in a build that knows of folders that are new.
chosen_tests() {
    (cd "$SAFARGO_API_SOURCE" && cmake --preset asan) >"$TEST_LOGS/configure-asan.log" 2>&1 || return 1
    programs asan _test | grep -E -- "$1"
}

# suite_unit [FILTER]: only what the filter names is built.
suite_unit() {
    local targets=()
    heading "Unit and repository tests: address and undefined-behaviour sanitizers"
    [ -z "${1:-}" ] || mapfile -t targets < <(chosen_tests "$1")
    if [ -n "${1:-}" ] && [ "${#targets[@]}" = 0 ]; then
        record_result failed asan-tests "(no test program matches \"$1\"; see $TEST_LOGS/configure-asan.log)"
        return 0
    fi
    build_or_record asan "${targets[@]}" && run_gtests asan "${1:-.}"
}

# tsan_pattern: those of TSAN_PROGRAMS that exist, as a pattern.
tsan_pattern() { programs tsan _test | sed 's|.*/||' | grep -x -F "$(tr ' ' '\n' <<<"$TSAN_PROGRAMS")"; }

suite_tsan() {
    local names
    heading "Threads: thread sanitizer"
    if ! try_step "configure tsan" configure-tsan configure_build tsan; then
        record_result failed configure-tsan "configure tsan"
        return 0
    fi
    mapfile -t names < <(tsan_pattern)
    if [ "${#names[@]}" = 0 ]; then
        record_result failed tsan "(none of $TSAN_PROGRAMS exists)"
        return 0
    fi
    build_or_record tsan "${names[@]}" && run_gtests tsan "/($(IFS='|' && echo "${names[*]}"))\$"
}
