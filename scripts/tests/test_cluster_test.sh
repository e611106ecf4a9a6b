# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

# Clusters of ended commands are removed, those of living ones and every other folder stay.
# shellcheck disable=SC2317  # remove_dead_test_clusters calls it
test_only_leftovers_of_ended_commands_are_removed() {
    local here=$PWD
    clusters_dir() { printf '%s' "$here"; }
    mkdir -p "throwaway-$$" "throwaway-$$-ab12" throwaway-99999999 throwaway-99999999-ab12 test-results postgres throwaway-notes
    remove_dead_test_clusters
    expect "$(printf '%s ' *)" "postgres test-results throwaway-$$ throwaway-$$-ab12 throwaway-notes "
}

test_a_socket_path_that_is_too_long_moves_to_a_short_folder() {
    local deep home socket
    deep=$(printf 'd%.0s' {1..60})
    home=$PWD/$deep/$deep
    mkdir -p "$home"
    socket=$(socket_dir "$home")
    [ "${#socket}" -lt 60 ]
    [ -d "$socket" ]
    expect "$(socket_dir "$home")" "$socket"
    cluster_remove "$home"
    [ ! -d "$socket" ]
}

test_a_short_home_holds_its_own_socket() {
    mkdir home
    expect "$(socket_dir "$PWD/home")" "$PWD/home"
}
