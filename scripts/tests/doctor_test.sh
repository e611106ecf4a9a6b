# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/doctor.sh"

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
