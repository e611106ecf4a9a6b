# shellcheck shell=bash
# How the processes of a Ceph home (ceph.sh) run and stop.

run_daemon() { # NAME COMMAND...
    local name=$1
    shift
    (
        close_descriptors
        exec setsid nohup "$@" </dev/null >>"$CEPH_HOME/log/$name.out" 2>&1
    ) &
    record_process "$name" $! "$name"
    disown $!
}

# daemon_ends NAME SIGNAL SECONDS: it has, or never ran. A frozen one hears a signal only when it is woken.
daemon_ends() {
    local pid
    pid=$(process_pid "$1") || return 0
    kill "-$2" "$pid" 2>/dev/null
    kill -CONT "$pid" 2>/dev/null
    wait_for "$3" daemon_is_gone "$1"
}
daemon_is_gone() { ! process_pid "$1"; }

# stop_daemons: the gateway first, which would wait for its monitor for ever. HOME/kept says that the store wrote its objects down.
stop_daemons() {
    daemon_ends rgw KILL 10
    if process_pid osd >/dev/null && daemon_ends osd TERM 15; then touch "$CEPH_HOME/kept"; fi
    daemon_ends osd KILL 10
    daemon_ends mon KILL 10
    rm -f "$CEPH_HOME"/run/{rgw,osd,mon}
}

# resume_daemons: with the objects that were written down.
resume_daemons() {
    rm -f "$CEPH_HOME/kept" # what is in memory now is newer
    run_daemon mon ceph-mon -c "$CEPH_CONF" -i a -f
    wait_for 30 timeout 5 ceph -c "$CEPH_CONF" mon stat || return 1
    run_daemon osd ceph-osd -c "$CEPH_CONF" -i 0 -f
    wait_for 30 osd_is_up && start_gateway
}
