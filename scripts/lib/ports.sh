# shellcheck shell=bash
# TCP ports on 127.0.0.1, without tools that a bare machine lacks.

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

valid_port() {
    case $1 in '' | *[!0-9]* | 0* | ??????*) return 1 ;; esac
    [ "$1" -le 65535 ]
}

# free_port FROM COUNT: the first free port of FROM .. FROM+COUNT-1.
free_port() {
    local port
    for ((port = $1; port < $1 + $2; port++)); do
        if ! port_taken "$port"; then
            printf '%s' "$port"
            return 0
        fi
    done
    return 1
}

# clone_port FIRST: where this clone starts looking, so that two clones rarely want the same port. Stays below 32768,
# where the kernel hands out ports to outgoing connections.
clone_port() { printf '%s' $(($1 + 0x$(clone_hash | cut -c1-6) % 4000)); }

# port_owner PORT: the program that listens there, or its user if the kernel does not show us its files.
port_owner() {
    local hex inode uid
    hex=$(printf '%04X' "$1")
    read -r inode uid < <(awk -v hex=":$hex" '$4 == "0A" && substr($2, length($2) - 4) == hex { print $10, $8; exit }' \
        /proc/net/tcp /proc/net/tcp6 2>/dev/null) || return 0
    local link pid
    for link in /proc/[0-9]*/fd/*; do
        [ "$(readlink "$link" 2>/dev/null)" = "socket:[$inode]" ] || continue
        pid=${link#/proc/}
        pid=${pid%%/*}
        printf '%s (pid %s)' "$(cat "/proc/$pid/comm" 2>/dev/null)" "$pid"
        return 0
    done
    printf 'a program of the user %s' "$(id -nu "$uid" 2>/dev/null || printf '%s' "$uid")"
}
