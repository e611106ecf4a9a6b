# shellcheck shell=bash
# For tests of scripts: systems (scripts/lib/systems.sh) that are played by a sleeping process.

# double_of NAME [START]: a system, a process in its home, whose start may be another command; its health is what HOME/sick says, if that exists.
double_of() {
    mkdir -p systems
    # shellcheck disable=SC2034  # the functions under test read it
    SYSTEM_SCRIPTS=$PWD/systems
    cat >"systems/$1.sh" <<DOUBLE
#!/usr/bin/env bash
# shellcheck source=scripts/lib/front_door.sh
. "$SAFARGO_ROOT/scripts/lib/front_door.sh"
SAFARGO_STATE=\${2:-} # where the pid is noted
start() {
    process_pid server >/dev/null || { (cd "\$1" && exec sleep 600) & record_process server \$! -; }
    echo "$1 was started" >"\$1/server.log"
}
health() {
    process_pid server >/dev/null || { echo stopped && exit 3; }
    [ ! -e "\$1/sick" ] || { cat "\$1/sick" && exit 1; }
    echo "answers on $1://127.0.0.1"
}
case \$1 in
    packages) cat "$PWD/packages.$1" 2>/dev/null || : ;;
    start) ${2:-start "\$2"} ;;
    stop) [ ! -e "\$2/stubborn" ] && { stop_process server 5 || :; } ;;
    env) printf '%s\n' "${1^^}_URL=$1://secret@127.0.0.1" "SAFARGO_CA_FILE=\$2/ca.pem" ;;
    health) health "\$2" ;;
esac
DOUBLE
}

# stop_doubles FOLDER...: the homes in them.
stop_doubles() {
    local home
    # shellcheck disable=SC2034  # stop_process reads it
    for home in "$@"; do (SAFARGO_STATE=$home && stop_process server 5) || :; done
}

# a_clone_of_its_own: state and systems in the test's own folder; what runs there stops with the test.
# shellcheck disable=SC2034  # the functions under test read them
a_clone_of_its_own() {
    SAFARGO_STATE=$PWD/state SAFARGO_LOGS=$PWD/logs SAFARGO_ENV_FILE=$PWD/env SYSTEMS_IN_USE=$PWD/state/with
    RESULTS_DIR=$PWD/results TEST_LOGS=$PWD/logs/test HOMES=$PWD/homes
    unset -v SAFARGO_TEST_STORE_HOME SAFARGO_TEST_CACHE_HOME
    env_set SAFARGO_CLUSTERS_DIR "$HOMES"
    mkdir -p "$HOMES"
    trap 'stop_doubles "$HOMES"/systems*/*' EXIT
}
