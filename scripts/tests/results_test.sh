# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/results.sh"

fresh() {
    RESULTS_DIR=$PWD/results
    reset_results
}

test_counts_over_all_suites() {
    fresh
    record_result passed one a
    record_result passed one b
    record_result failed two "a passed word in a name"
    record_result skipped three c
    expect "$(summary_line)" "2 passed, 1 failed, 1 skipped"
    expect "$(suite_counts one)" "2 passed"
    expect "$(suite_counts two)" "0 passed, 1 failed"
    expect_failure results_are_good
}

test_nothing_run_is_not_good() {
    fresh
    expect "$(summary_line)" "0 passed, 0 failed, 0 skipped"
    expect_failure results_are_good
    record_result skipped one a
    expect_failure results_are_good
    record_result passed one b
    results_are_good
}

test_reads_a_google_test_report() {
    fresh
    cat >report.json <<'J'
{"testsuites": [{"name": "Seats", "testsuite": [
  {"name": "fit", "classname": "Seats", "status": "RUN", "result": "COMPLETED"},
  {"name": "overflow", "classname": "Seats", "status": "RUN", "result": "COMPLETED", "failures": [{"failure": "x"}]},
  {"name": "DISABLED_later", "classname": "Seats", "status": "NOTRUN", "result": "SUPPRESSED"},
  {"name": "elsewhere", "classname": "Seats", "status": "RUN", "result": "SKIPPED"}]}]}
J
    gtest_results unit report.json >"$RESULTS_DIR/unit.tsv"
    expect "$(summary_line)" "1 passed, 1 failed, 2 skipped"
    expect "$(result_lines failed | cut -f3)" "Seats.overflow"
}

test_counts_node_tests_by_their_leaves() {
    mkdir results
    cat >sample.test.mjs <<'J'
import { describe, it, test } from "node:test";
import assert from "node:assert";
test("alone", () => {});
test("parent", async (t) => { await t.test("child good", () => {}); await t.test("child bad", () => assert.fail("no")); });
describe("suite", () => { it("good", () => {}); it("left out", { skip: "reason" }, () => {}); it("same", () => {}); });
describe("other", () => { it("same", () => {}); });
J
    RESULTS_DIR=$PWD/results
    expect_failure node --test --test-reporter="$SAFARGO_ROOT/scripts/testing/results_reporter.mjs" \
        --test-reporter-destination=results/node.tsv sample.test.mjs
    expect "$(summary_line)" "5 passed, 1 failed, 1 skipped"
    expect "$(result_lines failed | cut -f3)" "parent > child bad"
}

test_a_node_file_that_cannot_start_is_a_failure() {
    mkdir results
    echo 'import "./missing.mjs";' >broken.test.mjs
    RESULTS_DIR=$PWD/results
    expect_failure node --test --test-reporter="$SAFARGO_ROOT/scripts/testing/results_reporter.mjs" \
        --test-reporter-destination=results/node.tsv broken.test.mjs
    expect "$(summary_line)" "0 passed, 1 failed, 0 skipped"
}
