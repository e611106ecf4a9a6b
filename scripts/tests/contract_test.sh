# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/schema.sh"

test_a_schema_says_nothing_about_the_dump_itself() {
    expect "$(printf '%s\n' '--' '-- PostgreSQL database dump' '' '\restrict x9' 'SET a = 1;' \
        'CREATE TABLE trips (' '    id uuid' ');' '' '' '' '\unrestrict x9' 'COMMENT ON EXTENSION postgis IS 1;' | normalise_schema)" \
        "$(printf '%s\n' 'CREATE TABLE trips (' '    id uuid' ');' '')"
}

deploy() { bash "$SAFARGO_ROOT/packages/database/migrate_deploy.sh" "$@"; }

test_deploying_migrations_requires_a_database() {
    unset DATABASE_URL DATABASE_DIRECT_URL
    expect_failure deploy
}

test_deploying_migrations_runs_the_named_binary() {
    printf '#!/bin/sh\necho "$@"\n' >api
    chmod +x api
    DATABASE_URL=postgresql:// SAFARGO_API_BIN=$PWD/api deploy --dry-run >out
    expect "$(cat out)" "migrate --dir $SAFARGO_ROOT/packages/database/migrations --dry-run"
}

test_deploying_migrations_says_how_to_get_a_binary() {
    export DATABASE_URL=postgresql:// SAFARGO_API_BIN=$PWD/none
    deploy 2>err && return 1
    grep -q 'docker run' err
}

test_unknown_commands_are_refused() {
    expect_failure bash "$SAFARGO_ROOT/safargo" nonsense
    expect_failure bash "$SAFARGO_ROOT/safargo" ../lib/say
    bash "$SAFARGO_ROOT/safargo" help >out
    grep -q 'doctor' out
}

test_the_table_of_variables_is_replaced_between_its_marks() {
    . "$SAFARGO_ROOT/scripts/lib/contract.sh"
    CONFIGURATION=$PWD/configuration.md
    printf '%s\n' '# Before' '<!-- variables: made -->' '| old |' '<!-- end of variables -->' '| ours |' >"$CONFIGURATION"
    expect "$(committed_variables)" '| old |'
    printf '| new |\n| row |\n' >table
    expect "$(with_variables table)" \
        "$(printf '%s\n' '# Before' '<!-- variables: made -->' '| new |' '| row |' '<!-- end of variables -->' '| ours |')"
}
