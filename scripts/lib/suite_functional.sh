# shellcheck shell=bash
# Functional tests: tests/functional/*.test.ts drive the release binary over HTTP with the generated client; the tests of the
# bench (bench/suite) are cheap and run with them. Node strips the types itself.

FUNCTIONAL_TIMEOUT=900 # seconds for one test

functional_files() { (cd "$SAFARGO_ROOT" && find tests/functional bench/suite -name node_modules -prune -o -name '*.test.ts' -print | sort); }

# run_functional NAME_PATTERN FILE...
run_functional() {
    local pattern=$1 results=$RESULTS_DIR/functional.tsv choice=()
    shift
    [ -z "$pattern" ] || choice=(--test-name-pattern "$pattern")
    cd "$SAFARGO_ROOT" &&
        SAFARGO_API_BIN=$(api_binary) SAFARGO_DATA_DIR=$SAFARGO_DATABASE/data \
            node --experimental-strip-types --no-warnings=ExperimentalWarning --test --test-concurrency=1 \
            --test-timeout="$(scaled "$FUNCTIONAL_TIMEOUT")000" "${choice[@]}" \
            --test-reporter=spec --test-reporter-destination=stdout \
            --test-reporter=./scripts/testing/results_reporter.mjs --test-reporter-destination="$results" "$@"
}

# suite_functional [FILTER]: the files whose path matches; if none does, the tests whose name does.
suite_functional() {
    local filter=${1:-} files chosen systems status=0
    heading "Functional tests: the release binary over HTTP"
    if [ -z "${SAFARGO_API_BIN:-}" ]; then build_or_record release safargo-api || return 0; fi
    mapfile -t files < <(functional_files)
    if [ "${#files[@]}" = 0 ]; then
        record_result failed functional "(there is no tests/functional/*.test.ts)"
        return 0
    fi
    mapfile -t chosen < <(printf '%s\n' "${files[@]}" | grep -E -- "$filter")
    if [ "${#chosen[@]}" != 0 ]; then files=("${chosen[@]}") filter=''; fi
    if (cd "$SAFARGO_ROOT" && grep -qs '/systems\.ts"' "${files[@]}"); then
        mapfile -t systems < <(system_names)
        ensure_test_systems "${systems[@]}"
    fi
    try_step "functional tests" test/functional run_functional "$filter" "${files[@]}" || status=$?
    if [ "$status" != 0 ] && ! grep -q '^failed' "$RESULTS_DIR/functional.tsv"; then
        record_result failed functional "(the test runner ended with status $status)"
    elif [ ! -s "$RESULTS_DIR/functional.tsv" ]; then
        record_result failed functional "(no test matches \"$filter\")"
    fi
    say "        $(suite_counts functional)"
}
