# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
# shellcheck source=scripts/testing/doubles_of_systems.sh
. "$SAFARGO_ROOT/scripts/testing/doubles_of_systems.sh"

# with_authorities NAME...: each home has one.
with_authorities() {
    local name
    for name in "$@"; do echo "$name" >"$HOMES/systems/$name/ca.pem"; done
}

test_names_are_chosen_from_those_that_exist() {
    double_of store
    double_of cache
    expect "$(chosen_systems all | paste -sd ' ')" "cache store"
    expect "$(chosen_systems store,cache,store | paste -sd ' ')" "cache store"
    expect "$(chosen_systems store)" store
    local wrong
    for wrong in shop store,shop ../store '' 'store,'; do
        expect_failure chosen_systems "$wrong" 2>err
        grep -q 'is none of cache store, or all' err
    done
}

test_variables_reach_the_service_as_they_are() {
    a_clone_of_its_own
    # shellcheck disable=SC2016  # literal on purpose
    local value='store://$(touch pwned)`touch pwned`:a b;"c'"'"'@127.0.0.1'
    # shellcheck disable=SC2317  # use_systems calls it
    systems_environment() { printf '%s\n' "STORE_URL=$value" "OTHER="; }
    use_systems store
    expect "$(stat -c '%a' state/with/env) $(stat -c '%a' state/with)" "600 700"
    expect "$(export_systems_env && printenv STORE_URL)" "$value"
    [ ! -e pwned ]
    expect "$(systems_in_use)" store
    use_no_systems
    expect "$(export_systems_env && printenv STORE_URL || echo none)" none
    expect "$(systems_in_use)" ""
}

test_a_restart_is_due_when_the_variables_change() {
    a_clone_of_its_own
    double_of store
    # shellcheck disable=SC2034  # api_binary reads it
    SAFARGO_API_BIN=/bin/true
    local before with
    before=$(api_fingerprint)
    start_systems store >/dev/null
    with_authorities store
    use_systems store
    with=$(api_fingerprint)
    [ "$before" != "$with" ]
    use_systems store
    expect "$(api_fingerprint)" "$with"
    use_no_systems
    expect "$(api_fingerprint)" "$before"
}

test_what_cannot_be_had_is_left_out_by_name() {
    a_clone_of_its_own
    double_of store
    double_of cache 'echo "there is no cache for this machine" >&2; exit 77'
    start_systems cache store >out
    expect "${SYSTEMS_STARTED[*]}" store
    expect "${SYSTEMS_LEFT_OUT[*]}" "cache: there is no cache for this machine"
    grep -q '  skip  cache: there is no cache for this machine' out
}

test_one_that_fails_to_start_ends_the_command_and_leaves_nothing_behind() {
    a_clone_of_its_own
    # shellcheck disable=SC2016  # the double expands it
    double_of store 'start "$2"; echo "port 1 is taken" >&2; exit 1'
    expect_failure start_systems store >out 2>err
    grep -q 'port 1 is taken' err
    grep -q 'error: store did not start' err
    expect "$(system_state store "$HOMES/systems/store" | cut -f1)" stopped
}

test_the_others_are_stopped_and_keep_their_data() {
    a_clone_of_its_own
    double_of store
    double_of cache
    start_systems cache store >/dev/null
    stop_other_systems store >out
    expect "$(sed 's/[0-9]* s)/s)/' out)" "  ok    stop cache (s)"
    expect "$(system_state cache "$HOMES/systems/cache" | cut -f1) $(system_state store "$HOMES/systems/store" | cut -f1)" "stopped running"
    [ -e "$HOMES/systems/cache/server.log" ]
    expect "$(stop_other_systems store)" ""
}

test_wiping_deletes_all_of_them() {
    a_clone_of_its_own
    double_of store
    start_systems store >/dev/null
    with_authorities store
    use_systems store
    wipe_systems
    [ ! -e "$HOMES/systems" ]
    [ ! -e state/with ]
}

test_each_known_system_has_a_line() {
    a_clone_of_its_own
    double_of store
    double_of cache
    expect "$(systems_lines)" "$(printf 'cache\tno\tstopped\t\nstore\tno\tstopped\t')"
    start_systems store >/dev/null
    with_authorities store
    use_systems store
    expect "$(systems_lines | tail -n 1)" $'store\tyes\trunning\tanswers on store://127.0.0.1'
    stop_system store "$HOMES/systems/store"
    expect "$(systems_lines | tail -n 1)" $'store\tyes\tstopped\t'
}
