# shellcheck shell=bash
# Starting, asking and stopping the server of a cluster home (see cluster.sh).

cluster_port() { cat "$1/port" 2>/dev/null; }

cluster_pid() {
    local pid
    { read -r pid <"$1/data/postmaster.pid"; } 2>/dev/null || return 1
    [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$(readlink -f "$1/data")" ] || return 1
    printf '%s' "$pid"
}

cluster_running() { cluster_pid "$1" >/dev/null; }

# A pid file that outlived its server (power cut, restarted container) may name somebody else's process by now, and
# PostgreSQL would then refuse to start.
clear_stale_pid_file() {
    [ -e "$1/data/postmaster.pid" ] || return 0
    cluster_running "$1" || rm -f "$1/data/postmaster.pid"
}

# choose_cluster_port HOME: the recorded one while it is free, else another.
choose_cluster_port() {
    local port
    port=$(cluster_port "$1" || :)
    if [ -z "$port" ] || port_taken "$port"; then
        port=$(free_port "$(clone_port 20000)" 4000) || die "no free TCP port between 20000 and 28000"
    fi
    printf '%s' "$port" >"$1/port"
    cat >"$1/data/safargo.conf" <<C
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$(socket_dir "$1" | sed "s/'/''/g")'
C
    chown --reference="$1/data" "$1/data/safargo.conf"
}

pg_ctl_start() {
    as_cluster_user "$(cluster_user "$1")" "$PG_BIN/pg_ctl" -D "$1/data" -l "$1/postgres.log" -s -w -t 60 start
}

# cluster_start HOME: starts it, on another port when somebody took ours in between.
cluster_start() {
    local attempt
    clear_stale_pid_file "$1"
    for attempt in 1 2 3; do
        choose_cluster_port "$1"
        : >>"$1/postgres.log"
        chown --reference="$1/data" "$1/postgres.log"
        (close_descriptors && pg_ctl_start "$1") && return 0
        if [ "$attempt" = 3 ] || ! tail -n 20 "$1/postgres.log" | grep -q 'could not bind'; then break; fi
        rm -f "$1/port"
    done
    show_tail "$1/postgres.log" 20
    return 1
}

# cluster_stop HOME [fast|immediate]
cluster_stop() {
    cluster_running "$1" || return 0
    as_cluster_user "$(cluster_user "$1")" "$PG_BIN/pg_ctl" -D "$1/data" -s -w -t 60 -m "${2:-fast}" stop
}

# cluster_remove HOME: only ever called on homes made by cluster_create.
cluster_remove() {
    local socket
    [ -d "$1" ] || return 0
    cluster_stop "$1" immediate
    socket=$(cat "$1/socket" 2>/dev/null || :)
    case $socket in /tmp/*-safargo) rm -rf "$socket" ;; esac
    rm -rf "$1"
}

# cluster_sql HOME DATABASE [psql arguments]: as the superuser, over the private socket.
cluster_sql() {
    local home=$1 database=$2
    shift 2
    as_cluster_user "$(cluster_user "$home")" psql -X -q -A -t -v ON_ERROR_STOP=1 \
        -h "$(socket_dir "$home")" -p "$(cluster_port "$home")" -U postgres -d "$database" "$@"
}
