# shellcheck shell=bash
# The real systems of production (Redis, S3, OpenSearch) on this machine. Each is one script, scripts/systems/NAME.sh, with its
# data, certificates, passwords, ports and logs (*.log, log) in a folder HOME:
#   packages      the Debian packages it needs, one a line
#   start HOME    starts it and returns when it answers, on loopback only. What runs is left alone; what ran before comes back
#                 at the same address
#   stop HOME     ends its processes, by their pids, and returns when they are gone; succeeds if there are none
#   env HOME      variables of safargo-api that point to it, as lines of NAME=value
#   health HOME   one line: where it answers, or what is wrong; succeeds if it answers
# Status 77 means that it cannot be had on this machine; the last line of its output says why, in a sentence.

SYSTEM_START_SECONDS=420 # the first start may fetch programs
SYSTEM_STOP_SECONDS=60
SYSTEM_ANSWER_SECONDS=10
SYSTEM_SCRIPTS=$SAFARGO_ROOT/scripts/systems

system_names() { find "$SYSTEM_SCRIPTS" -maxdepth 1 -name '*.sh' -printf '%f\n' 2>/dev/null | sed 's/\.sh$//' | sort; }

is_system() { case $1 in '' | *[!a-z0-9]*) return 1 ;; *) [ -f "$SYSTEM_SCRIPTS/$1.sh" ] ;; esac }

# system_home NAME: of the one that ./safargo up --with starts.
system_home() { printf '%s/systems/%s' "$(clusters_dir)" "$1"; }

# call_system SECONDS NAME VERB [HOME]
call_system() {
    local seconds=$1 script=$SYSTEM_SCRIPTS/$2.sh
    shift 2
    (close_descriptors && exec timeout --kill-after=5 "$seconds" bash "$script" "$@")
}

# cannot_be_had WHY
cannot_be_had() {
    printf '%s\n' "$1" >&2
    return 77
}

# bring_up NAME HOME: its output goes through a file, since a server that kept our pipe open would keep our caller waiting. What did
# not start is stopped altogether.
bring_up() {
    local status=0 output
    output=$(mktemp --suffix=-safargo)
    mkdir -p "$2"
    call_system "$SYSTEM_START_SECONDS" "$1" start "$2" >"$output" 2>&1 </dev/null || status=$?
    cat "$output"
    rm -f "$output"
    if [ "$status" != 0 ]; then
        stop_system "$1" "$2" >/dev/null 2>&1 || :
        rmdir --ignore-fail-on-non-empty "$2"
    fi
    [ "$status" != 124 ] || printf 'it did not answer within %s s\n' "$SYSTEM_START_SECONDS"
    return "$status"
}

# start_system LABEL NAME HOME: installs and starts it, as steps on the screen that share the log system-NAME; 0, 77 or another
# failure.
start_system() { install_system "$2" && try_step "$1" "system-$2" bring_up "$2" "$3"; }

# why_not NAME: what its step said last.
why_not() { last_line "$SAFARGO_LOGS/system-$1.log"; }

stop_system() { [ ! -d "$2" ] || call_system "$SYSTEM_STOP_SECONDS" "$1" stop "$2"; }

# remove_system NAME HOME: one that may still run is kept.
remove_system() {
    [ -d "$2" ] || return 0
    stop_system "$1" "$2" || return 1
    rm -rf "$2"
}

# has_processes HOME: some that work in it, or were started with a file of it. Our own question must not match itself.
has_processes() {
    grep -qsaFf <(printf '%s/\n' "$1") /proc/[0-9]*/cmdline ||
        [ -n "$(find /proc -maxdepth 2 -name cwd \( -lname "$1" -o -lname "$1/*" \) -print -quit 2>/dev/null)" ]
}

# system_state NAME HOME: "running", "stopped" or "unhealthy", a tab, and where it answers or what is wrong.
system_state() {
    local line='' status=0
    if [ -d "$2" ]; then line=$(call_system "$SYSTEM_ANSWER_SECONDS" "$1" health "$2" 2>&1 | tail -n 1) || status=$?; fi
    if [ "$status" = 124 ]; then line="no answer within $SYSTEM_ANSWER_SECONDS s"; fi
    if [ ! -d "$2" ] || { [ "$status" != 0 ] && ! has_processes "$2"; }; then
        printf 'stopped\t\n'
    elif [ "$status" = 0 ]; then
        printf 'running\t%s\n' "${line//$'\t'/ }"
    else
        printf 'unhealthy\t%s\n' "${line//$'\t'/ }"
    fi
}

# systems_environment BUNDLE (NAME HOME)...: the variables of all of them. Each may bring its own certification authority, and the
# service reads one file of them: several are joined in BUNDLE.
systems_environment() {
    local bundle=$1 all='' part authorities
    shift
    while [ $# -gt 0 ]; do
        part=$(call_system "$SYSTEM_ANSWER_SECONDS" "$1" env "$2") || return 1
        all+=$part$'\n'
        shift 2
    done
    mapfile -t authorities < <(sed -n 's/^SAFARGO_CA_FILE=//p' <<<"$all" | sort -u)
    if [ "${#authorities[@]}" -gt 1 ]; then
        cat "${authorities[@]}" >"$bundle" || return 1
        authorities=("$bundle")
    fi
    sed -n '/^SAFARGO_CA_FILE=/d; /^[A-Z][A-Z0-9_]*=/p' <<<"$all"
    [ "${#authorities[@]}" = 0 ] || printf 'SAFARGO_CA_FILE=%s\n' "${authorities[0]}"
}
