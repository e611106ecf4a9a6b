# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

# Clusters of ended commands are removed, those of living ones and every other folder stay.
# shellcheck disable=SC2317  # remove_dead_test_clusters calls it
test_only_leftovers_of_ended_commands_are_removed() {
    local here=$PWD
    clusters_dir() { printf '%s' "$here"; }
    mkdir -p "throwaway-$$" "throwaway-$$-ab12" throwaway-99999999 throwaway-99999999-ab12 test-results postgres throwaway-notes
    remove_dead_test_clusters
    expect "$(printf '%s ' *)" "postgres test-results throwaway-$$ throwaway-$$-ab12 throwaway-notes "
}

test_a_socket_path_that_is_too_long_moves_to_a_short_folder() {
    local deep home socket
    deep=$(printf 'd%.0s' {1..60})
    home=$PWD/$deep/$deep
    mkdir -p "$home"
    socket=$(socket_dir "$home")
    [ "${#socket}" -lt 60 ]
    [ -d "$socket" ]
    expect "$(socket_dir "$home")" "$socket"
    cluster_remove "$home"
    [ ! -d "$socket" ]
}

# What the refusal says must end the command, not only the $( ) that asked.
test_a_foreign_folder_is_refused() {
    local action
    mkdir -p foreign/data
    for action in url start stop crash remove; do
        expect_failure bash "$SAFARGO_ROOT/scripts/throwaway_postgres.sh" "$action" "$PWD/foreign"
        expect "$(bash "$SAFARGO_ROOT/scripts/throwaway_postgres.sh" "$action" "$PWD/foreign" 2>&1 | wc -l)" 1
    done
    [ -d foreign/data ]
}

# A test that asks for commits after a crash would prove nothing on a cluster that may forget them.
test_only_throwaway_clusters_may_forget_a_commit() {
    local forgetful='^synchronous_commit = off' torn='^full_page_writes = off' kind
    for kind in durable bench surviving; do
        cluster_settings "$kind" >"$kind.conf"
        expect_failure grep -qE "$forgetful|$torn" "$kind.conf"
    done
    cluster_settings throwaway | grep -q "$forgetful"
    for kind in durable bench; do expect_failure grep -q '^fsync' "$kind.conf"; done
}

test_a_short_home_holds_its_own_socket() {
    mkdir home
    expect "$(socket_dir "$PWD/home")" "$PWD/home"
}
