# shellcheck shell=bash
# docs/first-feature.md is followed as somebody new would; ./safargo prove first_feature also compiles and tests what comes of it.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/first_feature.sh"
. "$SAFARGO_ROOT/scripts/testing/started_cluster.sh"

test_the_document_shows_the_sample_as_it_is() {
    expect "$(excerpt_faults "$SAFARGO_ROOT/docs/first-feature.md" "$SAFARGO_API_SOURCE/samples")" ""
}

# ensure_server: the suite's, or one of our own.
ensure_server() {
    [ -z "${SAFARGO_TEST_POSTGRES:-}" ] || return 0
    started_cluster
    SAFARGO_TEST_POSTGRES=$(throwaway_url "$PWD/home")
    export SAFARGO_TEST_POSTGRES
}

# Its checks need no TypeScript package, and the tables are made by the program that is built already.
test_its_quick_commands_run_on_a_clean_clone() {
    ensure_node
    ensure_server
    clean_clone house
    mkdir house/node_modules
    (SAFARGO_ROOT=$PWD/house && workspace_fingerprint) >house/node_modules/.safargo
    SAFARGO_API_BIN=$(api_binary)
    export SAFARGO_API_BIN
    run_document "$PWD/house"
    expect "$(copied_faults house)" ""
    expect "$(git -C house diff --numstat -- apps/api/src/app)" "$(printf '2\t0\tapps/api/src/app/modules.cpp')"
    grep -q '^CREATE TABLE public.favourites' house/packages/database/schema.sql
    grep -q 'DELETE /favourites' house/tests/functional/roles/table.ts
}

# document LINE...: docs/first-feature.md of ./house
document() {
    mkdir -p house/docs
    printf '%s\n' "$@" >house/docs/first-feature.md
}

test_what_drifts_apart_is_named() {
    mkdir samples
    printf '%s\n' one two three >samples/a.cpp
    # shellcheck disable=SC2016  # fences
    document '```cpp a.cpp' two three '```' '```cpp a.cpp' tw '```' '```cpp' one '```'
    expect "$(excerpt_faults house/docs/first-feature.md samples)" "$(printf '%s\n' \
        'house/docs/first-feature.md:5: this does not stand in samples/a.cpp' \
        'house/docs/first-feature.md:8: say of which file of samples this is an excerpt')"
}

test_a_command_that_fails_ends_the_document() {
    # shellcheck disable=SC2016
    document '```sh' 'false | cat' 'touch late' '```' '```sh' 'touch later' '```'
    expect "$(run_document "$PWD/house" | tail -n 1)" "the commands at docs/first-feature.md:1 failed"
    expect_failure run_document "$PWD/house"
    expect "$(ls house)" docs
}

test_what_compiles_runs_only_when_it_is_asked_for() {
    # shellcheck disable=SC2016
    document '```sh' 'touch quick' '```' '```sh slow' 'printenv RESULTS_DIR || touch compiled' '```'
    run_document "$PWD/house"
    expect "$(ls house)" "$(printf 'docs\nquick')"
    (export RESULTS_DIR=ours && run_document "$PWD/house" slow)
    expect "$(ls house)" "$(printf 'compiled\ndocs\nquick')"
}
