# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
# shellcheck source=scripts/testing/doubles_of_systems.sh
. "$SAFARGO_ROOT/scripts/testing/doubles_of_systems.sh"

test_systems_are_the_files_of_their_folder() {
    double_of store
    double_of cache
    expect "$(system_names | paste -sd ' ')" "cache store"
    is_system store
    expect_failure is_system shop
    expect_failure is_system ../systems/store
    expect_failure is_system ''
}

test_one_is_started_once_and_stopped() {
    double_of store
    local pid
    expect "$(system_state store "$PWD/home")" $'stopped\t'
    bring_up store "$PWD/home"
    pid=$(cut -d' ' -f1 home/run/server)
    bring_up store "$PWD/home"
    expect "$(cut -d' ' -f1 home/run/server)" "$pid"
    expect "$(system_state store "$PWD/home")" $'running\tanswers on store://127.0.0.1'
    stop_system store "$PWD/home"
    expect "$(system_state store "$PWD/home")" $'stopped\t'
    expect_failure process_exists "$pid"
    stop_system store "$PWD/home" # once more
    [ -e home/server.log ]
}

test_what_runs_and_does_not_answer_is_unhealthy() {
    double_of store
    mkdir home
    trap 'stop_doubles "$PWD/home"' EXIT
    bring_up store "$PWD/home"
    printf 'a line before\nit is frozen\n' >home/sick
    expect "$(system_state store "$PWD/home")" $'unhealthy\tit is frozen'
}

test_only_processes_of_the_home_itself_count() {
    local other script
    mkdir home home-of-another
    (cd home-of-another && exec sleep 600) &
    other=$!
    until has_processes "$PWD/home-of-another"; do sleep 0.05; done
    expect_failure has_processes "$PWD/home"
    bash -c "sleep 600; : $PWD/home/settings" &
    script=$!
    until has_processes "$PWD/home"; do sleep 0.05; done
    stop_trees "$other" "$script"
    expect_failure has_processes "$PWD/home"
}

test_a_question_that_hangs_is_given_up() {
    double_of store
    trap 'stop_doubles "$PWD/home"' EXIT
    bring_up store "$PWD/home"
    sed -i 's/^health() {/&\n    sleep 30/' systems/store.sh
    # shellcheck disable=SC2034  # system_state reads it
    SYSTEM_ANSWER_SECONDS=0.5
    expect "$(system_state store "$PWD/home")" $'unhealthy\tno answer within 0.5 s'
}

test_what_cannot_be_had_says_why() {
    double_of store 'echo "no Java here" >&2; exit 77'
    local status=0
    bring_up store "$PWD/home" >out || status=$?
    expect "$status $(tail -n 1 out)" "77 no Java here"
}

test_a_start_has_an_end() {
    double_of store 'sleep 600'
    # shellcheck disable=SC2034  # bring_up reads it
    SYSTEM_START_SECONDS=0.5
    local status=0
    bring_up store "$PWD/home" >out || status=$?
    expect "$status $(tail -n 1 out)" "124 it did not answer within 0.5 s"
}

# The server keeps what it inherited: neither our output nor our lock may be among it.
test_a_started_server_holds_nothing_of_its_caller() {
    double_of store
    trap 'stop_doubles "$PWD/home"' EXIT
    exec 9>lock
    flock 9
    expect "$(timeout 20 cat <(bring_up store "$PWD/home") | wc -l)" 0
    exec 9>&-
    flock -n lock true
}

test_a_home_is_removed_only_once_it_is_stopped() {
    double_of store
    trap 'stop_doubles "$PWD/home"' EXIT
    bring_up store "$PWD/home"
    touch home/stubborn
    expect_failure remove_system store "$PWD/home"
    [ -e home/server.log ]
    rm home/stubborn
    remove_system store "$PWD/home"
    [ ! -e home ]
}

test_variables_of_several_are_joined_with_their_authorities() {
    double_of store
    double_of cache
    mkdir one two
    echo first >one/ca.pem
    echo second >two/ca.pem
    expect "$(systems_environment "$PWD/joined.pem" store "$PWD/one")" "$(printf '%s\n' STORE_URL=store://secret@127.0.0.1 "SAFARGO_CA_FILE=$PWD/one/ca.pem")"
    [ ! -e joined.pem ]
    expect "$(systems_environment "$PWD/joined.pem" store "$PWD/one" cache "$PWD/two")" \
        "$(printf '%s\n' STORE_URL=store://secret@127.0.0.1 CACHE_URL=cache://secret@127.0.0.1 "SAFARGO_CA_FILE=$PWD/joined.pem")"
    expect "$(tr '\n' ' ' <joined.pem)" "first second "
    sed -i 's/^ *env) /&exit 1;/' systems/store.sh
    expect_failure systems_environment "$PWD/joined.pem" cache "$PWD/two" store "$PWD/one"
}
