# shellcheck shell=bash
# Test results: lines of "passed|failed|skipped <tab> suite <tab> name" in one file per program under RESULTS_DIR, so that
# programs in parallel never share a file.

export RESULTS_DIR=${RESULTS_DIR:-$SAFARGO_STATE/test-results}

reset_results() {
    rm -rf "$RESULTS_DIR"
    mkdir -p "$RESULTS_DIR"
}

# record_result STATUS SUITE NAME
record_result() {
    mkdir -p "$RESULTS_DIR"
    printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$RESULTS_DIR/$2.tsv"
}

# result_lines [STATUS]: all recorded lines, or those of one status.
result_lines() {
    find "$RESULTS_DIR" -name '*.tsv' -exec cat {} + | awk -F'\t' -v status="${1:-}" 'status == "" || $1 == status'
}

count_results() { result_lines "$1" | wc -l; }

# suite_counts SUITE: "31 passed, 1 failed"
suite_counts() {
    awk -F'\t' '{ n[$1]++ } END {
        line = (n["passed"] + 0) " passed"
        if (n["failed"]) line = line ", " n["failed"] " failed"
        if (n["skipped"]) line = line ", " n["skipped"] " skipped"
        print line
    }' "$RESULTS_DIR/$1.tsv"
}

# summary_line: the last line of ./safargo test, without colours.
summary_line() {
    printf '%d passed, %d failed, %d skipped\n' "$(count_results passed)" "$(count_results failed)" "$(count_results skipped)"
}

# results_are_good: at least one test ran and none failed.
results_are_good() { [ "$(count_results failed)" = 0 ] && [ "$(count_results passed)" -gt 0 ]; }

# gtest_results SUITE REPORT: Google Test's JSON report as result lines. Disabled tests count as skipped, by name.
gtest_results() {
    jq -r --arg suite "$1" '
        .testsuites[]?.testsuite[]?
        | (if (.failures // []) != [] then "failed"
           elif .status == "NOTRUN" or .result == "SKIPPED" or .result == "SUPPRESSED" then "skipped"
           else "passed" end) + "\t" + $suite + "\t" + .classname + "." + .name' "$2"
}

# show_failures: names first, then the end of the log of each suite that failed.
show_failures() {
    local suite
    heading "Failed"
    result_lines failed | awk -F'\t' '{ print "  " $2 "  " $3 }'
    result_lines failed | cut -f2 | sort -u | while IFS= read -r suite; do
        show_tail "$SAFARGO_LOGS/test/$suite.log" 40
    done
}

show_skipped() {
    [ "$(count_results skipped)" = 0 ] || heading "Skipped"
    result_lines skipped | awk -F'\t' '{ print "  " $2 "  " $3 }'
}
