# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

# port_taken is answered from a list here; the probe itself is tried on a real listener below.
# shellcheck disable=SC2317  # free_port calls it
with_taken_ports() {
    TAKEN=" $1 "
    port_taken() { [[ $TAKEN == *" $1 "* ]]; }
}

test_picks_the_first_free_port() {
    with_taken_ports "5000 5001"
    expect "$(free_port 5000 10)" 5002
    expect "$(free_port 5003 10)" 5003
}

test_says_when_none_is_free() {
    with_taken_ports "5000 5001"
    expect_failure free_port 5000 2
}

test_valid_ports() {
    valid_port 1
    valid_port 65535
    expect_failure valid_port 0
    expect_failure valid_port 65536
    expect_failure valid_port 080
    expect_failure valid_port 3000x
    expect_failure valid_port ""
    expect_failure valid_port 999999
}

test_a_clone_keeps_to_its_range_and_two_clones_differ() {
    SAFARGO_ROOT=/srv/one
    local one two
    one=$(clone_port 20000)
    [ "$one" -ge 20000 ]
    [ "$one" -lt 24000 ]
    SAFARGO_ROOT=/srv/two
    two=$(clone_port 20000)
    [ "$one" != "$two" ]
}

test_the_probe_sees_a_listener_and_names_it() {
    local port pid
    port=$(free_port 28500 500)
    node -e "require('net').createServer().listen($port, '127.0.0.1')" &
    pid=$!
    local tries=0
    until port_taken "$port"; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ]
        sleep 0.05
    done
    local owner
    owner=$(port_owner "$port")
    kill "$pid"
    expect "$owner" "node (pid $pid)"
}

# The kernel hides the files of other users' programs from root without CAP_SYS_PTRACE.
test_a_listener_that_hides_its_files_has_at_least_a_user() {
    local port pid tries=0
    port=$(free_port 29000 500)
    node -e "require('net').createServer().listen($port, '127.0.0.1')" &
    pid=$!
    until port_taken "$port"; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ]
        sleep 0.05
    done
    # shellcheck disable=SC2317  # port_owner calls it
    readlink() { return 1; }
    local owner
    owner=$(port_owner "$port")
    kill "$pid"
    expect "$owner" "a program of the user $(id -un)"
}
