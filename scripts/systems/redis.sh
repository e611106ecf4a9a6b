#!/usr/bin/env bash
# A real Redis cluster for development and tests: three masters and three replicas on loopback, TLS and a password.
#   redis.sh start HOME    starts it (creates it first); exits with 77 and a sentence if this machine cannot have one
#   redis.sh stop HOME     stops its servers and waits for their end; the folder stays
#   redis.sh env HOME      the variables that make the API use it
#   redis.sh health HOME   one line, "ok ..." (status 0) or "down ..." (status 3)
#   redis.sh packages      Debian packages it needs
# HOME holds url (secret), ca.crt, ports (one a line) and a folder per port with redis.conf, pid and log.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/redis_cluster.sh"
. "$SAFARGO_ROOT/scripts/lib/redis_servers.sh"

REDIS_ATTEMPTS=5 # another program may take a port between our look and our start

# can_run: or a sentence why not.
can_run() {
    local tool
    for tool in redis-server redis-cli openssl; do
        command -v "$tool" >/dev/null || { echo "$tool is not installed" && return 1; }
    done
}

start() {
    local reason attempt
    reason=$(can_run) || { printf '%s\n' "$reason" >&2 && exit 77; }
    mkdir -p "$1"
    exec 8>"$1/lock"
    flock -w 120 8 || die "another start of $1 does not end"
    if redis_is_made "$1"; then
        redis_resume "$1" && return 0
        echo "the servers of before do not come back: a new cluster" >&2
    fi
    for ((attempt = 1; attempt <= REDIS_ATTEMPTS; attempt++)); do
        redis_stop "$1" && redis_wipe "$1"
        if redis_create "$1"; then return 0; fi
    done
    redis_stop "$1"
    die "no Redis cluster after $REDIS_ATTEMPTS attempts" "its logs are in $1"
}

health() {
    local line
    if line=$(redis_health "$1"); then echo "ok $line"; else echo "down $line" && exit 3; fi
}

case ${1:-} in
    packages) printf '%s\n' redis-server redis-tools openssl ;;
    start | stop | env | health)
        [ $# = 2 ] || usage_error "redis.sh $1 HOME"
        home=$(readlink -m -- "$2")
        case $1 in
            start) start "$home" ;;
            stop) redis_stop "$home" ;;
            env) redis_is_made "$home" && printf 'REDIS_URL=%s\nSAFARGO_CA_FILE=%s\n' "$(cat "$home/url")" "$home/ca.crt" ;;
            health) health "$home" ;;
        esac
        ;;
    *) usage_error "redis.sh start|stop|env|health HOME, or redis.sh packages" ;;
esac
