# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

# A wrong word costs a second, not a build.
test_wrong_options_are_refused_before_anything_is_built() {
    local status=0
    SAFARGO_API_BIN=/nowhere "$SAFARGO_ROOT/bench/run" --fast >out 2>err || status=$?
    expect "$status" 2
    grep -q "Unknown option '--fast'" err
    expect_failure grep -q 'getting ready' out
}

test_the_list_names_measures_and_budgets() {
    "$SAFARGO_ROOT/bench/run" --list >out
    grep -q '^mixed$' out
    grep -q 'budget: .*; asked >= 0.8 x pgbench+jobs' out
}

test_only_worlds_of_the_bench_are_stopped() {
    local status=0
    bash "$SAFARGO_ROOT/bench/worlds.sh" stop "$PWD" 2>err || status=$?
    expect "$status" 1
    grep -q 'not a world of the bench' err
}

test_worlds_requires_an_action() {
    local status=0
    bash "$SAFARGO_ROOT/bench/worlds.sh" start 10000 2>err || status=$?
    expect "$status" 2
}
