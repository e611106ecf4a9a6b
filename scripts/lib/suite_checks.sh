# shellcheck shell=bash
# Checks: each scripts/checks/NAME.sh says what is wrong and ends with 0 (good), 77 (cannot be done here; the last line says
# why) or anything else (bad).

check_names() { (cd "$SAFARGO_ROOT/scripts/checks" && printf '%s\n' *.sh | sed 's/\.sh$//'); }

# run_check NAME
run_check() {
    local suite=check-$1 status=0 started=$SECONDS
    bash "$SAFARGO_ROOT/scripts/checks/$1.sh" >"$TEST_LOGS/$suite.log" 2>&1 </dev/null || status=$?
    case $status in
        0) record_result passed "$suite" "$1" ;;
        77) record_result skipped "$suite" "$1: $(tail -n 1 "$TEST_LOGS/$suite.log")" ;;
        *) record_result failed "$suite" "$1" ;;
    esac
    case $status in
        0) passed "$1 ($((SECONDS - started)) s)" ;;
        77) skipped "$1: $(tail -n 1 "$TEST_LOGS/$suite.log")" ;;
        *) failed "$1 ($((SECONDS - started)) s)" ;;
    esac
    [ "$status" != 0 ] || grep -s '^warning:' "$TEST_LOGS/$suite.log" | sed 's/^/        /'
}

# run_checks FILTER: in parallel, once the binary they ask is built.
run_checks() {
    local chosen
    mapfile -t chosen < <(check_names | grep -E -- "$1")
    if [ "${#chosen[@]}" = 0 ]; then
        record_result failed checks "(no check matches \"$1\")"
        return 0
    fi
    if printf '%s\n' "${chosen[@]}" | grep -q -E '^(contract|hardening|schema)$' && [ -z "${SAFARGO_API_BIN:-}" ]; then
        build_or_record release safargo-api || :
    fi
    in_parallel run_check "${chosen[@]}"
}

# run_script_tests FILTER: scripts/tests/*_test.sh, each test function one result.
run_script_tests() {
    local file name
    for file in "$SAFARGO_ROOT"/scripts/tests/*_test.sh; do
        name=${file##*/}
        [[ scripts-${name%.sh} =~ $1 ]] || continue
        run_script_test "scripts-${name%.sh}" "$file"
    done
}

run_script_test() {
    local suite=$1 started=$SECONDS
    bash "$SAFARGO_ROOT/scripts/testing/run_script_tests.sh" "$suite" "$2" "$RESULTS_DIR/$suite.tsv" >"$TEST_LOGS/$suite.log" 2>&1 ||
        [ -s "$RESULTS_DIR/$suite.tsv" ] || record_result failed "$suite" "(the script itself ended early)"
    report_suite "$suite" "$started"
}

suite_checks() {
    heading "Checks"
    run_checks "${1:-^(contract|events|format|hardening|layers|messages|schema|scripts|sizes|tables|typescript|words)\$}"
    if [ -z "${1:-}" ]; then run_script_tests .; fi
}
