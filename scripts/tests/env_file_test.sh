# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

test_reads_back_what_was_set_and_keeps_the_rest() {
    SAFARGO_ENV_FILE=$PWD/env.txt
    env_set PORT 3000
    env_set JWT_SECRET 'a=b c"d;e'
    env_set PORT 3100
    expect "$(env_get PORT)" 3100
    expect "$(env_get JWT_SECRET)" 'a=b c"d;e'
    expect "$(wc -l <env.txt)" 2
}

test_is_readable_by_its_owner_only() {
    SAFARGO_ENV_FILE=$PWD/env.txt
    (umask 000 && env_set SECRET x)
    expect "$(stat -c %a env.txt)" 600
    chmod 644 env.txt
    env_set SECRET y
    expect "$(stat -c %a env.txt)" 600
}

test_a_name_that_begins_like_another_is_not_confused() {
    SAFARGO_ENV_FILE=$PWD/env.txt
    env_set PORT 1
    env_set PORT_OTHER 2
    env_set PORT 3
    expect "$(env_get PORT_OTHER)" 2
    expect "$(env_get PORT)" 3
    expect "$(env_get POR)" ""
}

test_values_are_never_executed() {
    SAFARGO_ENV_FILE=$PWD/env.txt
    # shellcheck disable=SC2016  # literal on purpose
    env_set EVIL '$(touch pwned)'
    # shellcheck disable=SC2016
    expect "$(env_get EVIL)" '$(touch pwned)'
    [ ! -e pwned ]
}

test_a_line_break_is_refused() {
    SAFARGO_ENV_FILE=$PWD/env.txt
    expect_failure env_set TWO $'a\nb'
    [ ! -e env.txt ]
}

test_once_records_the_first_answer() {
    SAFARGO_ENV_FILE=$PWD/env.txt
    expect "$(env_once KEY echo first)" first
    expect "$(env_once KEY echo second)" first
}

test_a_missing_file_has_no_values() {
    export SAFARGO_ENV_FILE=$PWD/none
    expect "$(env_get PORT)" ""
}

test_random_values_are_long_and_differ() {
    expect "$(random_hex 24 | wc -c)" 48
    [ "$(random_hex 24)" != "$(random_hex 24)" ]
}
