# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

# count_loads: seed_once with files and a day of the test's choosing; the loads are counted in loads.txt.
# shellcheck disable=SC2317  # seed_once calls them
count_loads() {
    database_home() { printf '.'; }
    data_hash() { printf '%s' "$files"; }
    date() { printf '%s' "$today"; }
    run_step() { echo load >>loads.txt; }
    remember_demo_accounts() { :; }
    seed_once
    wc -l <loads.txt
}

# shellcheck disable=SC2034  # data_hash and date of count_loads read them
test_the_demo_is_loaded_once_a_day_and_again_for_new_files() {
    local files=a today=2026-11-25
    expect "$(count_loads)" 1
    expect "$(count_loads)" 1
    today=2026-11-26
    expect "$(count_loads)" 2
    files=b
    expect "$(count_loads)" 3
    expect "$(count_loads)" 3
}
