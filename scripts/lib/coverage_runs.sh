# shellcheck shell=bash
# Produces coverage profiles: one for all unit tests, and one for each fuzzer, which replays its inputs once.

COVERAGE_HOME=$SAFARGO_STATE/coverage
COVERAGE_PROFILES=$COVERAGE_HOME/profiles
REPLAY_TIMEOUT=300 # seconds for one fuzzer

# coverage_programs FILTER: test programs and fuzzers of the coverage build.
coverage_programs() {
    { programs coverage _test && programs coverage _fuzz; } | grep -E -- "$1" || :
}

# fuzz_inputs FUZZER found|committed: the folders of its inputs that exist.
fuzz_inputs() {
    local folders=("$SAFARGO_API_SOURCE/fuzz/$1") folder
    [ "$2" = committed ] || folders+=("$SAFARGO_STATE/fuzz/$1/corpus")
    for folder in "${folders[@]}"; do [ ! -d "$folder" ] || printf '%s\n' "$folder"; done
}

# count_inputs FUZZER found|committed
count_inputs() {
    local folders
    mapfile -t folders < <(fuzz_inputs "$1" "$2")
    # find without a folder would search the current one
    if [ "${#folders[@]}" = 0 ]; then echo 0; else find "${folders[@]}" -type f | wc -l; fi
}

# replay_inputs PROGRAM: FUZZ_INPUTS says which. No new inputs are tried, so the coverage is that of the inputs.
replay_inputs() {
    local name=${1##*/} suite=coverage-${1##*/} status=0 started=$SECONDS folders
    mapfile -t folders < <(fuzz_inputs "$name" "$FUZZ_INPUTS")
    LLVM_PROFILE_FILE=$COVERAGE_PROFILES/$name.profraw \
        timeout --kill-after=10 "$REPLAY_TIMEOUT" "$(build_dir coverage)/$1" "${folders[@]}" -runs=0 -timeout=10 \
        -rss_limit_mb=2048 -artifact_prefix="$COVERAGE_HOME/" >"$TEST_LOGS/$suite.log" 2>&1 </dev/null || status=$?
    if [ "$status" = 0 ]; then
        record_result passed "$suite" "$(count_inputs "$name" "$FUZZ_INPUTS") inputs"
    else
        record_result failed "$suite" "status $status; to run again: $(build_dir coverage)/$1 ${folders[*]} -runs=0"
    fi
    report_suite "$suite" "$started"
}

# run_covered PROGRAM...: tests keep the counts of one program, and of those that it starts, in one file (%m).
run_covered() {
    local tests=() fuzzers=() program files=()
    for program in "$@"; do
        case $program in
            *_test) tests+=("coverage:$program") files+=("$(build_dir coverage)/$program") ;;
            *) fuzzers+=("$program") ;;
        esac
    done
    rm -rf "$COVERAGE_PROFILES"
    mkdir -p "$COVERAGE_PROFILES"
    if [ "${#tests[@]}" -gt 0 ]; then
        ensure_test_cluster
        ensure_systems_of "${files[@]}"
        export LLVM_PROFILE_FILE=$COVERAGE_PROFILES/unit-%m.profraw
        in_parallel run_gtest "${tests[@]}"
    fi
    [ "${#fuzzers[@]}" = 0 ] || in_parallel replay_inputs "${fuzzers[@]}"
}
