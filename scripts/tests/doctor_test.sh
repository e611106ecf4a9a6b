# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/doctor.sh"
. "$SAFARGO_ROOT/scripts/lib/doctor_packages.sh"

# a_binary STATUS LINE...: a safargo-api that answers so, if it is asked to check its configuration in development.
a_binary() {
    local status=$1
    shift
    {
        # shellcheck disable=SC2016  # the stub reads them
        printf '#!/bin/sh\n[ "$*" = "config --check" ] && [ "$SAFARGO_ENV" = development ] || exit 109\n'
        printf "echo '%s'\n" "$@"
        printf 'exit %s\n' "$status"
    } >api
    chmod +x api
    export SAFARGO_API_BIN=$PWD/api
}

# findings: level and what, one a line.
findings() { printf '%s\n' "${FINDINGS[@]}" | cut -f1,2 | tr '\t' ' '; }

test_names_every_wrong_variable() {
    export SAFARGO_ENV_FILE=$PWD/env.txt
    env_set JWT_SECRET short
    a_binary 2 'DATABASE_URL: is required' 'JWT_SECRET: must have at least 32 bytes'
    look_at_configuration
    expect "$(findings)" "$(printf 'problem configuration: %s\n' 'DATABASE_URL: is required' 'JWT_SECRET: must have at least 32 bytes')"
    case "${FINDINGS[*]}" in *short*) return 1 ;; esac
}

test_a_group_that_is_switched_off_is_no_problem() {
    export SAFARGO_ENV_FILE=$PWD/env.txt
    env_set JWT_SECRET long
    a_binary 0 'stripe is switched off without STRIPE_SECRET_KEY'
    look_at_configuration
    expect "$(findings)" 'warning configuration: stripe is switched off without STRIPE_SECRET_KEY'
}

test_a_complete_configuration_is_good() {
    export SAFARGO_ENV_FILE=$PWD/env.txt
    env_set JWT_SECRET long
    a_binary 0 ''
    look_at_configuration
    expect "$(findings)" 'good the configuration is complete'
}

test_an_older_binary_is_not_believed() {
    export SAFARGO_ENV_FILE=$PWD/env.txt
    env_set JWT_SECRET long
    a_binary 109 'the following argument was not expected'
    look_at_configuration
    expect "$(findings)" 'warning this safargo-api does not know how to check its configuration'
}

test_no_binary_is_asked_before_it_exists() {
    export SAFARGO_ENV_FILE=$PWD/env.txt
    a_binary 2 'DATABASE_URL: is required'
    look_at_configuration
    expect "${#FINDINGS[@]}" 0
}

# with_missing GROUP PACKAGE...: this machine lacks them and nothing else.
# shellcheck disable=SC2317  # look_at_packages calls them
with_missing() {
    WITHOUT=$1 MISSING=${*:2}
    missing_packages() { [ "$1" != "$WITHOUT" ] || tr ' ' '\n' <<<"$MISSING"; }
    node_is_ready() { true; }
    packages_can_be_installed() { true; }
}

test_a_package_that_only_tests_need_is_no_problem() {
    with_missing test chromium shellcheck
    look_at_packages
    findings | grep -qx "good all [0-9]* Debian packages to build and run SafarGo are installed"
    findings | grep -qx "warning missing packages that only tests, checks and measurements need: chromium shellcheck"
    printf '%s\n' "${FINDINGS[@]}" | grep -q './safargo test installs them$'
}

test_a_package_that_up_needs_is_a_problem() {
    with_missing up cmake
    look_at_packages
    findings | grep -qx "problem missing packages to build and run SafarGo: cmake"
}

test_each_system_is_named_with_its_state() {
    # shellcheck disable=SC2317  # look_at_systems calls them
    systems_lines() {
        printf '%s\t%s\t%s\t%s\n' idle no stopped '' lost no running 'on port 1' good yes running 'on port 2' \
            gone yes stopped stopped sick yes unhealthy frozen
    }
    # shellcheck disable=SC2317
    missing_for() { [ "$1" != idle ] || echo idle-server; }
    look_at_systems
    expect "$(findings)" "$(printf '%s\n' 'good idle is not used (./safargo up --with idle installs idle-server and starts it)' \
        'warning lost runs, and SafarGo does not use it' 'good good is running: on port 2' \
        'warning gone is stopped, and SafarGo is to use it' 'problem sick is unhealthy: frozen')"
}
