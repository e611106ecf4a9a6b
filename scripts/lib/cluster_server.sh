# shellcheck shell=bash
# Starts, queries and stops the server of a cluster home (see cluster.sh; whether it runs: cluster_state.sh).

cluster_port() { cat "$1/port" 2>/dev/null; }

# Lock files that outlived their server (power cut, restarted container, an uncollected zombie) may by now name another
# process, and PostgreSQL would then refuse to start. Data still in use by the dead server's children is not opened in any
# case: PostgreSQL asks the kernel too.
clear_stale_locks() {
    case $(cluster_state "$1") in
        stopped) ;;
        unsure) explain_unsure "$1" && return 1 ;;
        *) return 1 ;;
    esac
    rm -f "$1/data/postmaster.pid" "$(socket_dir "$1")"/.s.PGSQL.*
}

# choose_cluster_port HOME: the recorded one if it is free, else another.
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
    as_cluster_user "$(cluster_user "$1")" "$(pg_bin "$1")/pg_ctl" -D "$1/data" -l "$1/postgres.log" -s -w -t 60 start
}

# cluster_start HOME: starts it, on another port if ours has been taken meanwhile; after a server was killed, it may take a
# moment until its children are gone.
cluster_start() {
    local attempt
    if cluster_running "$1"; then return 0; fi
    has_server "$1" || return 1
    for attempt in 1 2 3; do
        clear_stale_locks "$1" || return 1
        choose_cluster_port "$1"
        : >>"$1/postgres.log"
        chown --reference="$1/data" "$1/postgres.log"
        (close_descriptors && pg_ctl_start "$1") && return 0
        if tail -n 20 "$1/postgres.log" | grep -q 'could not bind'; then rm -f "$1/port"; fi
        [ "$attempt" = 3 ] || sleep 1
    done
    show_tail "$1/postgres.log" 20
    return 1
}

# cluster_stop HOME [fast|immediate]: succeeds only if it is known to be stopped.
cluster_stop() {
    case $(cluster_state "$1") in
        stopped) return 0 ;;
        unsure) explain_unsure "$1" && return 1 ;;
    esac
    as_cluster_user "$(cluster_user "$1")" "$(pg_bin "$1")/pg_ctl" -D "$1/data" -s -w -t 60 -m "${2:-fast}" stop
}

# cluster_remove HOME: only ever called on homes made by cluster_create; one that may still be in use is kept.
cluster_remove() {
    local socket
    [ -d "$1" ] || return 0
    cluster_stop "$1" immediate || return 1
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
