#!/usr/bin/env bash
# A real S3 server on this machine (Ceph's radosgw over a store in memory), with the four buckets of the guide:
#   s3.sh start HOME    starts it in the folder HOME, or what of it has died; 77 and a sentence if it cannot be had here
#   s3.sh stop HOME     ends it; its objects are written down for the next start
#   s3.sh env HOME      the variables by which the service uses it
#   s3.sh health HOME   one line; 0 if it answers, else 3
#   s3.sh packages      the Debian packages it needs
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
# shellcheck source=scripts/lib/ceph.sh
. "$SAFARGO_ROOT/scripts/lib/ceph.sh"
# shellcheck source=scripts/lib/ceph_daemons.sh
. "$SAFARGO_ROOT/scripts/lib/ceph_daemons.sh"
# shellcheck source=scripts/lib/s3_gateway.sh
. "$SAFARGO_ROOT/scripts/lib/s3_gateway.sh"

cannot() {
    printf '%s\n' "$1" >&2
    exit 77
}

# make: all of it from nothing; what a store in memory held is gone when it crashes.
make() {
    local monitor
    stop_daemons
    rm -rf "$CEPH_HOME"/{mon,osd,rgw,run,log,keyring,monmap,ready,kept}
    mkdir -p "$CEPH_HOME"/{mon,osd,rgw,run,log}
    monitor=$(free_port "$(clone_port 24000)" 4000) || cannot "no free TCP port for Ceph's monitor"
    port_is_ours || free_port "$((monitor + 1))" 4000 >"$CEPH_HOME/port" || cannot "no free TCP port for the S3 server"
    ceph_settings "$monitor" "$(gateway_port)" >"$CEPH_CONF"
    make_ceph_keys >/dev/null
    start_ceph_monitor "$monitor" >/dev/null && start_ceph_store && start_gateway && make_gateway_user &&
        allow_temporary_keys && make_buckets && touch "$CEPH_HOME/ready"
}

# The port of an earlier start stays, so that URLs given out remain valid, unless somebody else took it.
port_is_ours() { [ -s "$CEPH_HOME/port" ] && ! port_taken "$(gateway_port)"; }

start() {
    ceph_is_installed || cannot "Ceph is not installed: apt-get install $(packages | tr '\n' ' ')"
    mkdir -p "$CEPH_HOME/run" "$CEPH_HOME/log" "$SAFARGO_ROOT/.safargo"
    exec 8>"$SAFARGO_ROOT/.safargo/s3-start.lock" # two starts at once would find the same free ports
    flock 8
    if [ -e "$CEPH_HOME/ready" ] && process_pid mon >/dev/null && process_pid osd >/dev/null; then
        process_pid rgw >/dev/null && return 0
        if start_gateway; then return 0; fi
    elif [ -e "$CEPH_HOME/ready" ] && [ -e "$CEPH_HOME/kept" ] && port_is_ours && resume_daemons; then
        return 0
    elif make; then
        return 0
    fi
    tail -n 5 "$CEPH_HOME"/log/*.out >&2
    stop_daemons
    die "the S3 server did not start; its logs are in $CEPH_HOME/log"
}

print_env() {
    [ -s "$CEPH_HOME/keys" ] || die "there is no S3 server in $CEPH_HOME"
    printf 'S3_REGION=us-east-1\nS3_ENDPOINT=%s\nAWS_ACCESS_KEY_ID=%s\nAWS_SECRET_ACCESS_KEY=%s\n' \
        "$(gateway_url)" "$(access_key)" "$(secret_key)"
}

health() {
    if gateway_is_up; then
        say "answers on $(gateway_url)"
    else
        say "does not answer"
        exit 3
    fi
}

packages() { printf '%s\n' radosgw ceph-mon ceph-osd ceph-common; }

[ "${1:-}" = packages ] || [ $# = 2 ] || usage_error "s3.sh start|stop|env|health HOME, or s3.sh packages"
[ $# = 1 ] || use_ceph_home "$(realpath -m -- "$2")"
case $1 in
    start) start ;;
    stop) stop_daemons ;;
    env) print_env ;;
    health) health ;;
    packages) packages ;;
    *) usage_error "s3.sh: unknown action $1" ;;
esac
