# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
# shellcheck source=scripts/testing/started_cluster.sh
. "$SAFARGO_ROOT/scripts/testing/started_cluster.sh"

test_root_without_ptrace_sees_its_own_server() {
    started_cluster
    local home=$PWD/home pid
    pid=$(cluster_pid "$home")
    if [ "$(id -u)" = 0 ]; then expect_failure without_ptrace "readlink /proc/$pid/cwd"; fi # or this test proves nothing
    expect "$(without_ptrace "cluster_state '$home'")" running
    expect "$(without_ptrace "cluster_pid '$home'")" "$pid"
}

test_root_without_ptrace_leaves_a_live_server_alone() {
    started_cluster
    local home=$PWD/home pid port
    pid=$(cluster_pid "$home") port=$(cluster_port "$home")
    without_ptrace "cluster_start '$home'"
    expect_failure without_ptrace "clear_stale_locks '$home'"
    expect "$(head -1 home/data/postmaster.pid)" "$pid"
    expect "$(cluster_port "$home")" "$port"
    expect "$(cluster_sql "$home" postgres -c 'select 1')" 1
}

test_root_without_ptrace_stops_before_it_wipes() {
    started_cluster
    local home=$PWD/home pid
    pid=$(cluster_pid "$home")
    without_ptrace "cluster_remove '$home'"
    [ ! -e home ]
    expect_failure process_exists "$pid"
}

# A crash leaves the file, and the kernel gives the number to another process.
test_a_pid_file_that_names_another_process_is_stale() {
    started_cluster
    local home=$PWD/home other
    kill -KILL "$(cluster_pid "$home")"
    until [ "$(cluster_state "$home")" = stopped ]; do sleep 0.05; done
    sleep 60 &
    other=$!
    sed -i "1s/.*/$other/" home/data/postmaster.pid
    expect "$(cluster_state "$home")" stopped
    expect "$(without_ptrace "cluster_state '$home'")" stopped
    without_ptrace "cluster_start '$home'"
    expect "$(cluster_state "$home")" running
    kill "$other" # never signalled before
}
