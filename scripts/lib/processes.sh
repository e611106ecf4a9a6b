# shellcheck shell=bash
# Background processes that this clone started, kept as "pid start-time note" in .safargo/run/<name>. The kernel reuses
# pids; a pid with its start time is unique, so we never signal a process that is not ours.

# process_start_time PID: field 22 of /proc/PID/stat, counted after the command name, which may hold spaces.
process_start_time() {
    local stat
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 0
    stat=${stat##*) }
    # shellcheck disable=SC2086  # the fields are split on purpose
    set -- $stat
    [ "$1" = Z ] || printf '%s' "${20}"
}

# process_exists PID: even if /proc hides it. A zombie does not count.
process_exists() {
    if [ -d "/proc/$1" ]; then [ -n "$(process_start_time "$1")" ]; else kill -0 "$1" 2>/dev/null; fi
}

record_process() { # NAME PID NOTE
    mkdir -p "$SAFARGO_STATE/run"
    printf '%s %s %s\n' "$2" "$(process_start_time "$2")" "$3" >"$SAFARGO_STATE/run/$1"
}

# process_pid NAME: prints the pid if the recorded process is alive and is the one we started.
process_pid() {
    local pid started
    { read -r pid started _ <"$SAFARGO_STATE/run/$1"; } 2>/dev/null || return 1
    [ -n "$started" ] && [ "$(process_start_time "$pid")" = "$started" ] || return 1
    printf '%s' "$pid"
}

process_note() {
    local note
    { read -r _ _ note <"$SAFARGO_STATE/run/$1"; } 2>/dev/null && printf '%s' "$note"
}

# stop_process NAME SECONDS: asks it to exit, kills it after SECONDS; returns 1 if nothing of ours was running.
stop_process() {
    local pid waited=0
    if ! pid=$(process_pid "$1"); then
        rm -f "$SAFARGO_STATE/run/$1"
        return 1
    fi
    kill -TERM "$pid"
    while process_pid "$1" >/dev/null; do
        [ "$waited" -lt $(($2 * 10)) ] || kill -KILL "$pid"
        sleep 0.1
        waited=$((waited + 1))
    done
    rm -f "$SAFARGO_STATE/run/$1"
}

# close_descriptors: before a daemon starts, so that it holds neither our lock nor a pipe that its caller waits on.
close_descriptors() {
    local descriptor
    for descriptor in "/proc/$BASHPID/fd"/*; do
        descriptor=${descriptor##*/}
        [ "$descriptor" -le 2 ] || eval "exec $descriptor>&-"
    done
}

# descendants PID...: these processes and all they started, by the kernel's own list.
descendants() {
    local pid task
    for pid in "$@"; do
        printf '%s\n' "$pid"
        for task in "/proc/$pid/task"/*/children; do
            # shellcheck disable=SC2046  # one argument per pid
            [ ! -r "$task" ] || descendants $(cat "$task" 2>/dev/null)
        done
    done
}

# stop_trees PID...: asks these processes and their descendants to exit, and kills them after three seconds.
stop_trees() {
    local all pid tries
    mapfile -t all < <(descendants "$@")
    [ "${#all[@]}" -gt 0 ] || return 0
    kill -TERM "${all[@]}" 2>/dev/null
    for ((tries = 0; tries < 30; tries++)); do
        pid=$(for pid in "${all[@]}"; do [ -z "$(process_start_time "$pid")" ] || echo "$pid"; done)
        [ -n "$pid" ] || return 0
        sleep 0.1
    done
    kill -KILL "${all[@]}" 2>/dev/null
    return 0
}
