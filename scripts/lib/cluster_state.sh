# shellcheck shell=bash
# Whether the server of a cluster home runs, as far as this can be known: root without CAP_SYS_PTRACE (a default container), a
# /proc that hides other users' processes, and another container on the same folder each show only a part. Code that
# deletes something requires "stopped"; an invisible server is not a stopped one.

# working_folder PID USER: the kernel shows it to the process's own user if not to us.
working_folder() {
    readlink "/proc/$1/cwd" 2>/dev/null || as_cluster_user "$2" readlink "/proc/$1/cwd" 2>/dev/null
}

# data_argument PID: the folder that a PostgreSQL was started with (-D FOLDER); 1 for another program, 2 if it is not
# given. Command lines are visible to all users.
data_argument() {
    local words=() word
    { mapfile -d '' -t words <"/proc/$1/cmdline"; } 2>/dev/null || return 2
    [ "${#words[@]}" -gt 0 ] || return 2
    case ${words[0]##*/} in postgres | postmaster) ;; *) return 1 ;; esac
    while [ "${#words[@]}" -gt 1 ]; do
        word=${words[0]}
        words=("${words[@]:1}")
        [ "$word" = -D ] || continue
        case ${words[0]} in /*) printf '%s' "${words[0]}" && return 0 ;; esac
    done
    return 2
}

# serves_folder PID DATA USER: 0 if the process is the server of this data folder, 1 if it is something else, 2 if
# that cannot be known.
serves_folder() {
    local folder status=0
    folder=$(working_folder "$1" "$3") || folder=
    if [ -z "$folder" ]; then
        folder=$(data_argument "$1") || status=$?
        [ "$status" = 0 ] || return "$status"
    fi
    [ "$(readlink -f "$folder")" = "$(readlink -f "$2")" ]
}

# answers_on_socket HOME: a server answers on the socket of this home, wherever its process is.
answers_on_socket() {
    local folder port
    folder=$(cat "$1/socket" 2>/dev/null || printf '%s' "$1")
    port=$(cluster_port "$1") || return 1
    [ -S "$folder/.s.PGSQL.$port" ] || return 1
    local status=0
    "$(pg_bin "$1")/pg_isready" -q -h "$folder" -p "$port" -t 3 || status=$?
    [ "$status" -le 1 ] # 1: it is there and does not accept connections yet
}

# recorded_pid HOME: what postmaster.pid names; a server without a postmaster writes its number with a minus.
recorded_pid() {
    local pid
    { read -r pid <"$1/data/postmaster.pid"; } 2>/dev/null || return 1
    pid=${pid#-}
    case $pid in '' | *[!0-9]*) return 1 ;; esac
    printf '%s' "$pid"
}

# cluster_state HOME: running, stopped or unsure.
cluster_state() {
    local data=$1/data pid status=0
    if [ -e "$data" ] && { [ ! -r "$data" ] || [ ! -x "$data" ]; }; then
        printf unsure
        return 0
    fi
    if pid=$(recorded_pid "$1") && process_exists "$pid"; then
        serves_folder "$pid" "$data" "$(cluster_user "$1")" || status=$?
        case $status in
            0) printf running && return 0 ;;
            2) printf unsure && return 0 ;;
        esac
    fi
    if answers_on_socket "$1"; then printf unsure; else printf stopped; fi
}

cluster_running() { [ "$(cluster_state "$1")" = running ]; }

cluster_pid() { cluster_running "$1" && recorded_pid "$1"; }

# explain_unsure HOME: tells the user what to check.
explain_unsure() {
    local pid
    warn "cannot tell whether the PostgreSQL of $1 runs, so it is left alone"
    if [ -e "$1/data" ] && [ ! -r "$1/data" ]; then
        warn "$(id -un) may not read $1/data: run ./safargo as $(stat -c %U "$1/data")"
    elif answers_on_socket "$1"; then
        warn "it answers on its socket, but its process is not visible here: stop it where it was started"
    elif pid=$(recorded_pid "$1"); then
        warn "process $pid in its postmaster.pid cannot be inspected: delete $1/data/postmaster.pid if it is not PostgreSQL"
    fi
    return 0
}
