#!/usr/bin/env bash
# A real OpenSearch node on loopback, for development and tests:
#   opensearch.sh start HOME     starts it with its data in HOME; exits 77 with one sentence where it cannot be had
#   opensearch.sh stop HOME      ends it and keeps its data; HOME/pid names its process meanwhile
#   opensearch.sh env HOME       prints OPENSEARCH_URL, with the password
#   opensearch.sh health HOME    one line; exits 0, or 3 if it does not answer
#   opensearch.sh packages       the Debian packages it needs, one a line
# Its libraries come from the package registry that Maven is set up for, once per clone, into .safargo/peers/opensearch.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

SOURCES=$SAFARGO_ROOT/scripts/systems/opensearch
START_TIMEOUT=120    # seconds; 7 on an idle machine

# shellcheck source=scripts/lib/opensearch_peer.sh
. "$SAFARGO_ROOT/scripts/lib/opensearch_peer.sh"

node_pid() { # node_pid HOME: the recorded process, if it is the one that was started
    local pid started
    { read -r pid started <"$1/pid"; } 2>/dev/null || return 1
    [ -n "$started" ] && [ "$(process_start_time "$pid")" = "$started" ] || return 1
    printf '%s' "$pid"
}

ask() { # ask HOME PATH: the password goes by standard input, so that no other user sees it among the arguments
    printf 'user = "safargo:%s"\n' "$(cat "$1/password")" |
        curl -fsS --max-time 2 --noproxy '*' -K - "http://127.0.0.1:$(cat "$1/port")$2" 2>/dev/null
}

# launch HOME PORT NODE_PORT TRANSPORT_PORT: the process records itself before it becomes the node, so that nobody who kills us in
# between leaves one behind that is not known.
launch() {
    local home=$1
    rm -f "$home/pid"
    (
        close_descriptors
        cd "$home"
        self=$BASHPID # in the substitution below it is that of another process
        printf '%s %s\n' "$self" "$(process_start_time "$self")" >"$home/pid.new"
        mv "$home/pid.new" "$home/pid"
        # Without nodelay each answer of the front waits 40 ms for an acknowledgement.
        exec setsid java -Xms512m -Xmx512m -Dsun.net.httpserver.nodelay=true -cp "$PEER/lib/*" "$SOURCES/Node.java" "$home/data" "$3" "$4" "$2" \
            <"$home/password" >"$home/opensearch.log" 2>&1
    ) &
    printf '%s' "$2" >"$home/port"
    while [ ! -s "$home/pid" ] && process_exists "$!"; do sleep 0.02; done
}

# start HOME: one that does not answer is ended first.
start() {
    local home=$1 first port node transport waited
    mkdir -p "$home" "$SAFARGO_STATE" && chmod 700 "$home"
    home=$(cd "$home" && pwd)
    exec 8>"$SAFARGO_STATE/opensearch-start.lock" # two starts at once would find the same free ports, or start this one twice
    flock 8
    if node_pid "$home" >/dev/null && ask "$home" / >/dev/null; then return 0; fi
    stop "$home"
    ensure_peer
    [ -s "$home/password" ] || (umask 077 && random_hex 16 >"$home/password" && echo >>"$home/password")
    first=$(clone_port 27000)
    port=$(cat "$home/port" 2>/dev/null || :)
    if [ -z "$port" ] || port_taken "$port"; then port=$(free_port "$first" 100); fi
    node=$(free_port $((port + 1)) 100)
    transport=$(free_port $((node + 1)) 100)
    launch "$home" "$port" "$node" "$transport"
    for ((waited = 0; waited < START_TIMEOUT * 5; waited++)); do
        if ask "$home" "/_cluster/health?local=true" >/dev/null; then return 0; fi
        node_pid "$home" >/dev/null || break
        sleep 0.2
    done
    show_tail "$home/opensearch.log" 20
    stop "$home"
    die "OpenSearch did not start" "its log is $home/opensearch.log"
}

stop() {
    local pid tries
    pid=$(node_pid "$1") || return 0
    kill -CONT "$pid" 2>/dev/null || :
    kill -TERM "$pid" 2>/dev/null || :
    for ((tries = 0; tries < 200; tries++)); do
        node_pid "$1" >/dev/null || break
        if [ "$tries" -ge 100 ]; then kill -KILL "$pid" 2>/dev/null || :; fi
        sleep 0.1
    done
    if node_pid "$1" >/dev/null; then die "the process $pid of OpenSearch does not end"; fi
    rm -f "$1/pid"
}

print_env() {
    if [ ! -s "$1/password" ] || [ ! -s "$1/port" ]; then die "there is no OpenSearch in $1"; fi
    say "OPENSEARCH_URL=http://safargo:$(cat "$1/password")@127.0.0.1:$(cat "$1/port")"
}

health() {
    local answer
    if node_pid "$1" >/dev/null && answer=$(ask "$1" "/_cluster/health?local=true"); then
        say "opensearch: $(printf '%s' "$answer" | sed -n 's/.*"status":"\([a-z]*\)".*/\1/p'), port $(cat "$1/port")"
        return 0
    fi
    say "opensearch: down"
    exit 3
}

case ${1:-} in
    packages) [ $# = 1 ] || usage_error "opensearch.sh packages" ;;
    start | stop | env | health) [ $# = 2 ] || usage_error "opensearch.sh $1 HOME" ;;
    *) usage_error "opensearch.sh start|stop|env|health HOME, or packages" ;;
esac
case $1 in
    start) start "$2" ;;
    stop) stop "$2" ;;
    env) print_env "$2" ;;
    health) health "$2" ;;
    packages) printf '%s\n' "$(java_package)" maven ;;
esac
