# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

# part NAME COMMAND...: a part that does this and nothing else
part() {
    local name=$1
    shift
    export PROVE_PARTS=$PWD/parts PROVE_HOME=$PWD/proved
    mkdir -p parts
    printf '%s\n' '#!/usr/bin/env bash' "# What $name proves" '# takes: a moment' "$@" >"parts/$name.sh"
}

prove() { bash "$SAFARGO_ROOT/safargo" prove "$@"; }

# reported JQ_FILTER: of the one report that there is
reported() { jq -r "$1" "$PWD"/proved/*/report.json; }

test_what_passes_is_in_the_report_with_its_figures() {
    part good ". '$SAFARGO_ROOT/scripts/lib/prove_part.sh'" 'fact rounds 1000' 'echo the end'
    prove >out
    expect "$(reported '.parts[] | "\(.part) \(.status) \(.what) \(.facts[0].name)=\(.facts[0].value)"')" \
        "good passed What good proves rounds=1000"
    expect "$(tail -n 1 out)" "1 passed, 0 failed, 0 skipped"
    grep -q 'rounds: 1000' "$PWD"/proved/*/report.txt
    grep -q 'the end' "$PWD"/proved/*/good.log
}

test_a_part_that_fails_makes_the_whole_fail_and_the_others_still_run() {
    part bad 'echo "the seats were oversold"' 'exit 3'
    part good 'true'
    local status=0
    prove >out 2>err || status=$?
    expect "$status" 1
    expect "$(reported '[.parts[] | .status] | join(" ")')" "failed passed"
    expect "$(reported '.parts[0].why')" "status 3: the seats were oversold"
    grep -q 'because: status 3: the seats were oversold' out
    expect "$(tail -n 1 out)" "1 passed, 1 failed, 0 skipped"
}

# Nothing is skipped silently, and a night in which nothing could be proved has proved nothing.
test_what_cannot_be_done_here_is_named() {
    part elsewhere ". '$SAFARGO_ROOT/scripts/lib/front_door.sh'" ". '$SAFARGO_ROOT/scripts/lib/prove_part.sh'" 'cannot "it takes root"'
    local status=0
    prove >out || status=$?
    expect "$status" 1
    expect "$(reported '.parts[0] | .status + ": " + .why')" "skipped: it takes root"
    grep -q 'skip.*it takes root' out
}

test_only_the_named_parts_run() {
    part one 'true'
    part two 'exit 1'
    prove one >out
    expect "$(reported '[.parts[].part] | join(" ")')" one
    local status=0
    prove three 2>err || status=$?
    expect "$status" 2
    grep -q 'there is no part "three"' err
}

test_json_is_the_report_and_nothing_else() {
    part good 'echo noise'
    prove --json >out 2>err
    expect "$(jq -r '.passed' out)" 1
    expect "$(jq -r 'keys_unsorted | join(" ")' out)" "started seconds commit system parts passed failed skipped"
}

test_an_interrupted_run_reports_what_it_did() {
    part a 'true'
    part b 'touch started' 'sleep 60'
    part c 'true'
    (cd "$PWD" && exec bash "$SAFARGO_ROOT/safargo" prove >out 2>err) &
    local pid=$! tries
    for ((tries = 0; tries < 200; tries++)); do [ ! -e started ] || break && sleep 0.1; done
    kill -TERM "$pid"
    wait "$pid" || :
    expect "$(reported '[.parts[] | "\(.part) \(.status)"] | join(", ")')" "a passed, b failed, c skipped"
    expect "$(reported '.parts[1].why')" interrupted
}

test_every_part_says_what_it_proves_and_how_long_it_takes() {
    local part
    . "$SAFARGO_ROOT/scripts/lib/prove.sh"
    prove --list >out
    for part in bench debian13 first_feature fuzz race soak; do grep -q "^$part " out; done
    for part in $(part_names); do
        [ -n "$(part_what "$part")" ]
        [ -n "$(part_takes "$part")" ]
    done
}

# bench_says GRADE: a safargo whose bench found this
# shellcheck disable=SC2034  # measured reads them
bench_says() {
    SAFARGO_ROOT=$PWD PROVE_FOLDER=$PWD PROVE_FACTS=$PWD/facts
    printf '%s\n' '#!/bin/sh' "echo '{\"measures\":[{\"name\":\"soak\",\"troubles\":[],\"verdicts\":[{\"what\":\"errors\",\"grade\":\"$1\"," \
        "\"found\":\"7\",\"budget\":\"0\"}]}]}'" >safargo
    chmod +x safargo
}

test_a_worse_budget_fails_its_part() {
    . "$SAFARGO_ROOT/scripts/lib/prove_part.sh"
    bench_says kept
    measured --only soak
    expect "$(cat facts)" $'errors\tkept: found 7, budget 0'
    bench_says worse
    expect_failure measured --only soak
}
