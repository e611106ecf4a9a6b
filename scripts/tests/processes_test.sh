# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

test_a_recorded_process_is_found_with_its_note() {
    SAFARGO_STATE=$PWD
    sleep 30 &
    local pid=$!
    record_process api "$pid" "3000 abc"
    expect "$(process_pid api)" "$pid"
    expect "$(process_note api)" "3000 abc"
    stop_process api 5
    expect_failure process_pid api
    expect_failure test -e "/proc/$pid/cwd"
}

test_another_process_under_our_number_is_never_stopped() {
    SAFARGO_STATE=$PWD
    sleep 30 &
    local other=$!
    mkdir run
    echo "$other 12345 3000 abc" >run/api
    expect_failure process_pid api
    expect_failure stop_process api 1
    kill "$other" # still there to be killed
}

test_a_process_that_ignores_the_request_is_ended() {
    SAFARGO_STATE=$PWD
    bash -c 'trap "" TERM; while :; do sleep 0.2; done' &
    record_process api "$!" note
    sleep 0.2
    stop_process api 1
    expect_failure process_pid api
}

test_nothing_recorded_is_nothing_running() {
    SAFARGO_STATE=$PWD
    expect_failure process_pid api
    expect_failure stop_process api 1
}

test_a_command_name_with_spaces_and_brackets_does_not_confuse() {
    cp "$(command -v sleep)" 'a ) b'
    './a ) b' 30 &
    local pid=$! expected
    expected=$(sed 's/.*) //' "/proc/$pid/stat" | cut -d' ' -f20)
    expect "$(process_start_time "$pid")" "$expected"
    kill "$pid"
}

test_a_tree_is_stopped_to_its_leaves() {
    bash -c 'timeout 60 bash -c "sleep 50 & sleep 51; true"; true' &
    local top=$! all=()
    until [ "${#all[@]}" -ge 5 ]; do
        sleep 0.05
        mapfile -t all < <(descendants "$top")
    done
    stop_trees "$top"
    local pid
    for pid in "${all[@]}"; do expect "$(process_start_time "$pid")" ""; done
}

test_what_has_ended_does_not_exist() {
    sleep 30 &
    local pid=$!
    process_exists "$pid"
    kill "$pid"
    until ! process_exists "$pid"; do sleep 0.05; done # it waits to be collected
    expect_failure process_exists 99999999
}
