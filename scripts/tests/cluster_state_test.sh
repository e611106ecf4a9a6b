# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
# shellcheck source=scripts/testing/started_cluster.sh
. "$SAFARGO_ROOT/scripts/testing/started_cluster.sh"

# Neither the folder nor the user's own view of it, so only the command line speaks.
test_the_command_line_is_the_last_resort() {
    started_cluster
    local home=$PWD/home
    # shellcheck disable=SC2317  # cluster_state calls it
    working_folder() { return 1; }
    expect "$(cluster_state "$home")" running
    # shellcheck disable=SC2317
    data_argument() { return 2; }
    expect "$(cluster_state "$home")" unsure
    # shellcheck source=scripts/lib/cluster_state.sh
    . "$SAFARGO_ROOT/scripts/lib/cluster_state.sh"
}

test_an_uncertain_state_deletes_nothing() {
    started_cluster
    local home=$PWD/home pid
    pid=$(cluster_pid "$home")
    (
        # shellcheck disable=SC2317  # cluster_state calls it
        serves_folder() { return 2; }
        expect "$(cluster_state "$home")" unsure
        expect_failure cluster_remove "$home" 2>/dev/null
        expect_failure cluster_stop "$home" 2>/dev/null
        expect_failure clear_stale_locks "$home" 2>/dev/null
        expect_failure cluster_start "$home" 2>/dev/null
    )
    expect "$(head -1 home/data/postmaster.pid)" "$pid"
    expect "$(cluster_state "$home")" running
}

# Another container on the same folder: its numbers mean nothing here, but the socket answers.
test_a_server_that_only_answers_is_left_alone() {
    started_cluster
    local home=$PWD/home pid
    pid=$(cluster_pid "$home")
    (
        # shellcheck disable=SC2317  # cluster_state calls it
        process_exists() { return 1; }
        expect "$(cluster_state "$home")" unsure
        expect_failure cluster_remove "$home" 2>/dev/null
    )
    mv home/data/postmaster.pid home/kept
    expect "$(cluster_state "$home")" unsure
    expect_failure cluster_remove "$home" 2>/dev/null
    mv home/kept home/data/postmaster.pid
    expect "$(cluster_pid "$home")" "$pid"
}

test_a_stopped_server_is_known_to_be() {
    started_cluster
    local home=$PWD/home
    cluster_stop "$home"
    expect "$(cluster_state "$home")" stopped
    expect "$(without_ptrace "cluster_state '$home'")" stopped
    expect_failure cluster_pid "$home"
    cluster_stop "$home"
}

test_another_server_under_our_number_is_not_ours() {
    started_cluster
    local home=$PWD/home
    mkdir -p second/data
    cp home/data/postmaster.pid second/data/postmaster.pid
    chown -R --reference=home/data second
    expect "$(cluster_state "$PWD/second")" stopped
    expect "$(without_ptrace "cluster_state '$PWD/second'")" stopped
}

test_a_home_without_a_cluster_is_stopped() {
    mkdir empty
    expect "$(cluster_state "$PWD/empty")" stopped
    expect "$(cluster_state "$PWD/nowhere")" stopped
    mkdir -p odd/data
    for words in '' nonsense '-12x' '12 34x'; do
        printf '%s\n' "$words" >odd/data/postmaster.pid
        expect "$(cluster_state "$PWD/odd")" stopped
    done
}

test_an_unreadable_folder_is_uncertain() {
    [ "$(id -u)" = 0 ] || return 0
    open_folder
    install -d -m 0700 home/data
    chmod 755 home
    cp "$SAFARGO_ROOT"/scripts/lib/*.sh .
    # shellcheck disable=SC2016  # the inner bash expands it
    expect "$(runuser -u postgres -- bash -c 'for piece in processes cluster cluster_state cluster_server; do
        . "./$piece.sh"; done; cluster_state "$PWD/home"')" unsure
}
