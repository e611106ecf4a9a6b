# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
# shellcheck source=scripts/testing/doubles_of_systems.sh
. "$SAFARGO_ROOT/scripts/testing/doubles_of_systems.sh"
. "$SAFARGO_ROOT/scripts/lib/results.sh"

test_each_is_started_once_and_removed_at_the_end() {
    a_clone_of_its_own
    double_of store
    ensure_test_systems store >/dev/null
    expect "$SAFARGO_TEST_STORE_HOME" "$HOMES/systems-of-$$/store"
    expect "$(system_state store "$SAFARGO_TEST_STORE_HOME" | cut -f1)" running
    expect "$(ensure_test_systems store)" ""
    remove_own_test_systems
    expect "$(ls "$HOMES")" ""
}

test_one_that_was_given_is_used_as_it_is() {
    a_clone_of_its_own
    double_of store
    SAFARGO_TEST_STORE_HOME=/elsewhere
    expect "$(ensure_test_systems store)" ""
    expect "$(ls "$HOMES")" ""
}

test_what_cannot_be_had_counts_as_skipped_by_name() {
    a_clone_of_its_own
    double_of store 'echo "no store for this machine" >&2; exit 77'
    ensure_test_systems store >/dev/null
    ensure_test_systems store >/dev/null
    expect "$(result_lines)" $'skipped\tsystems\tstore: no store for this machine'
    expect "${SAFARGO_TEST_STORE_HOME:-none}" none
}

test_one_that_does_not_start_is_a_failure() {
    a_clone_of_its_own
    double_of store 'echo "out of memory" >&2; exit 1'
    ensure_test_systems store >/dev/null
    expect "$(result_lines)" $'failed\tsystems\tstore did not start: out of memory'
    grep -q 'out of memory' logs/test/systems.log
}

test_programs_get_what_they_look_for() {
    a_clone_of_its_own
    double_of store
    double_of cache
    printf 'ELF\0SAFARGO_TEST_STORE_HOME\0' >reads_the_store
    printf 'ELF\0\0' >reads_none
    ensure_systems_of "$PWD/reads_none" >/dev/null
    expect "$(ls "$HOMES")" ""
    ensure_systems_of "$PWD/reads_none" "$PWD/reads_the_store" >/dev/null
    expect "$(ls "$HOMES/systems-of-$$")" store
}

# Systems of ended commands are stopped and removed, those of living ones and every other folder stay.
test_only_leftovers_of_ended_commands_are_removed() {
    a_clone_of_its_own
    double_of store
    local dead=$HOMES/systems-of-99999999 own=$HOMES/systems-of-$$ pid
    mkdir -p "$dead" "$own" "$HOMES/systems/store" "$HOMES/systems-of-notes"
    bring_up store "$dead/store-ab12" >/dev/null
    bring_up store "$own/store" >/dev/null
    pid=$(cut -d' ' -f1 "$dead/store-ab12/run/server")
    touch "$dead/authorities-1234567890.pem"
    remove_dead_test_systems
    expect "$(cd "$HOMES" && printf '%s ' *)" "systems systems-of-$$ systems-of-notes "
    expect_failure process_exists "$pid"
    expect "$(system_state store "$own/store" | cut -f1)" running
}

# What the refusal says must end the command, not only the $( ) that asked.
test_a_foreign_folder_is_refused() {
    local verb here=$PWD
    mkdir -p foreign/store
    for verb in start stop remove; do
        expect_failure bash "$SAFARGO_ROOT/scripts/throwaway_system.sh" "$verb" "$here/foreign/store" 2>err
        grep -q 'not a throw-away system' err
    done
    for verb in env health; do
        expect_failure bash "$SAFARGO_ROOT/scripts/throwaway_system.sh" "$verb" "$here/foreign/store" 2>err
        grep -q 'no system has this folder' err
    done
    expect_failure bash "$SAFARGO_ROOT/scripts/throwaway_system.sh" create nowhere $$ 2>err
    grep -q 'is none of' err
    [ -d foreign/store ]
}
