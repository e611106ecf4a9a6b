# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
# shellcheck source=scripts/testing/doubles_of_systems.sh
. "$SAFARGO_ROOT/scripts/testing/doubles_of_systems.sh"

# a_machine: apt, dpkg and the services are played; what is done is written to the file "steps".
# shellcheck disable=SC2317,SC2034  # install_system calls and reads them
a_machine() {
    SAFARGO_LOGS=$PWD/logs SERVICE_POLICY=$PWD/policy REASON=
    double_of store
    printf 'store-server\nstore-tools\n' >packages.store
    echo store-tools >installed
    not_installed() { printf '%s\n' "$@" | grep -vxFf installed; }
    installed_packages() { sort installed; }
    no_root() { [ -n "$REASON" ] && printf '%s' "$REASON"; }
    as_root() { case $1 in update-rc.d) echo "$*" >>steps ;; *) "$@" ;; esac; }
    apt_lists() { echo "lists" >>steps; }
    apt_install() { echo "install $*, policy $(sed -n 3p policy 2>/dev/null)" >>steps && printf '%s\n' "$@" libstore >>installed; }
    dpkg() { printf '%s\n' "/usr/bin/$2" "/etc/init.d/$2"; }
    export -f dpkg
    xargs() { while read -r name; do dpkg -L "$name"; done; }
}

test_only_what_is_missing_is_installed_and_starts_nothing() {
    a_machine
    install_system store >/dev/null
    expect "$(cat steps)" "$(printf '%s\n' lists "install store-server, policy exit 101" "update-rc.d libstore disable" "update-rc.d store-server disable")"
    [ ! -e policy ]
}

test_nothing_is_asked_of_a_machine_that_has_it_all() {
    a_machine
    cp packages.store installed
    expect "$(install_system store)" ""
    [ ! -e steps ]
}

test_the_policy_of_the_machine_stays() {
    a_machine
    printf '#!/bin/sh\nexit 101\n' >policy
    install_system store >/dev/null
    expect "$(cat policy)" "$(printf '#!/bin/sh\nexit 101')"
}

test_a_failed_installation_leaves_the_system_out() {
    a_machine
    # shellcheck disable=SC2317  # install_system calls it
    apt_install() { echo "E: no such package" && return 100; }
    local status=0
    install_system store >out || status=$?
    expect "$status" 77
    expect "$(why_not store)" "its Debian packages could not be installed: store-server"
    [ ! -e policy ]
}

test_who_may_not_install_is_told() {
    a_machine
    # shellcheck disable=SC2034  # no_root reads it
    REASON="sudo needs a password"
    local status=0
    install_system store >out || status=$?
    expect "$status" 77
    expect "$(why_not store)" "it needs store-server, and sudo needs a password"
    [ ! -e steps ]
}
