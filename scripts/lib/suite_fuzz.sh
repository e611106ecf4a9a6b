# shellcheck shell=bash
# Fuzzers: each parser of untrusted bytes runs for some seconds, starting from its committed corpus (apps/api/fuzz/<target>).
# The tests try the same inputs every time (FUZZ_SEED, FUZZ_RUNS), so that a result depends on the change and not on luck;
# ./safargo fuzz draws new ones and continues from what earlier runs of this clone found (.safargo/fuzz/<target>).

FUZZ_SECONDS=${FUZZ_SECONDS:-20}
FUZZ_SEED=${FUZZ_SEED-1}        # empty: new inputs each time
FUZZ_RUNS=${FUZZ_RUNS:-1000000} # inputs at most; -1: as many as the time allows

fuzz_runs() { if [ "$FUZZ_RUNS" = -1 ]; then printf -- -1; else scaled "$FUZZ_RUNS"; fi; }

# found_inputs FOLDER: where a fuzzer keeps its findings; a repeatable run starts with none.
found_inputs() {
    local inputs=$1/corpus
    if [ -n "$FUZZ_SEED" ]; then
        inputs=$1/repeatable
        rm -rf -- "$inputs"
    fi
    mkdir -p "$inputs"
    printf '%s' "$inputs"
}

# run_fuzzer PATH: a finding is kept with its input, and the log says how to run it again.
run_fuzzer() {
    local name=${1##*/} status=0 started=$SECONDS found committed corpora
    found=$SAFARGO_STATE/fuzz/$name
    committed=$SAFARGO_API_SOURCE/fuzz/$name
    corpora=("$(found_inputs "$found")")
    [ ! -d "$committed" ] || corpora+=("$committed")
    (sanitizer_options &&
        exec timeout --kill-after=10 $(($(scaled "$FUZZ_SECONDS") + 120)) "$(build_dir asan)/$1" "${corpora[@]}" \
            -seed="${FUZZ_SEED:-0}" -runs="$(fuzz_runs)" \
            -max_total_time="$(scaled "$FUZZ_SECONDS")" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
            -artifact_prefix="$found/") >"$TEST_LOGS/$name.log" 2>&1 </dev/null || status=$?
    if grep -q "Is the code instrumented for coverage" "$TEST_LOGS/$name.log"; then
        record_result failed "$name" "(built without coverage: it can only guess; compile with -fsanitize=fuzzer-no-link)"
    elif [ "$status" = 0 ]; then
        record_result passed "$name" "$(awk '/number_of_executed_units/ { print $2 " inputs" }' "$TEST_LOGS/$name.log")"
    else
        record_result failed "$name" "status $status; the input is in $found, to run again: $(build_dir asan)/$1 <input>"
    fi
    report_suite "$name" "$started"
}

# run_fuzzers FILTER
run_fuzzers() {
    local chosen
    mapfile -t chosen < <(programs asan _fuzz | grep -E -- "$1")
    if [ "${#chosen[@]}" = 0 ]; then
        record_result failed fuzz "(no fuzz target matches \"$1\")"
        return 0
    fi
    in_parallel run_fuzzer "${chosen[@]}"
}

suite_fuzz() {
    heading "Fuzzers: $(scaled "$FUZZ_SECONDS") s each"
    build_or_record asan || return 0
    run_fuzzers "${1:-.}"
}
