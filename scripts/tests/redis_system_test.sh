# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

redis_script() { "$SAFARGO_ROOT/scripts/systems/redis.sh" "$@"; }

# A cluster under this test's folder, stopped with the test.
started_redis() {
    command -v redis-server >/dev/null || exit 77
    redis_script start "$PWD/home" 2>progress
    trap 'redis_script stop "$PWD/home"' EXIT
}

first_port() { head -n 1 home/ports; }
first_pid() { cat "home/$(first_port)/pid"; }

test_a_cluster_starts_is_healthy_and_starts_again_with_its_data() {
    started_redis
    grep -q 'three masters' progress
    expect "$(redis_script health home)" "ok 6 of 6 nodes answer"
    expect "$(redis_script env home)" "REDIS_URL=$(cat home/url)
SAFARGO_CA_FILE=$PWD/home/ca.crt"
    expect "$(stat -c %a home/url home/password | sort -u)" 600
    local first client
    first=$(first_pid)
    redis_script start home
    expect "$(first_pid)" "$first"

    client="redis-cli --tls --cacert home/ca.crt -c -p $(first_port)"
    REDISCLI_AUTH=$(cat home/password)
    export REDISCLI_AUTH
    expect "$($client set kept yes)" OK
    redis_script stop home
    expect_failure process_exists "$first"
    expect "$(redis_script health home || echo "status $?")" "down 0 of 6 nodes answer
status 3"
    redis_script start home
    expect "$($client get kept)" yes
}

test_a_taken_port_moves_the_cluster() {
    started_redis
    redis_script stop home
    local taken pid tries=0
    taken=$(first_port)
    node -e "require('net').createServer().listen($taken, '127.0.0.1')" &
    pid=$!
    until port_taken "$taken"; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ]
        sleep 0.05
    done
    redis_script start home
    kill "$pid"
    expect "$(redis_script health home)" "ok 6 of 6 nodes answer"
    expect "$(grep -c -x "$taken" home/ports || :)" 0
}

test_a_frozen_node_is_stopped_too() {
    started_redis
    local pid
    pid=$(first_pid)
    kill -STOP "$pid"
    redis_script stop home
    expect_failure process_exists "$pid"
}

test_a_machine_without_redis_gets_a_sentence_and_77() {
    # shellcheck disable=SC2317  # the script asks it
    command() { [ "$2" != redis-server ]; }
    export -f command
    local status=0
    redis_script start "$PWD/home" 2>said || status=$?
    expect "$status $(cat said)" "77 redis-server is not installed"
}

test_what_was_never_started_is_down_and_stops_at_once() {
    expect "$(redis_script health nothing || echo "status $?")" "down not started
status 3"
    redis_script stop nothing
    expect_failure redis_script env nothing
    expect "$(redis_script packages)" "redis-server
redis-tools
openssl"
}
