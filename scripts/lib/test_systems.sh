# shellcheck shell=bash
# Real systems for tests, in <clusters_dir>/systems-of-PID/NAME…: named after their creator's pid, so that the next run finds and
# removes the leftovers of a killed one. Programs that run at the same time share them, each with keys and buckets of its own;
# a test that stops or kills one starts its own (scripts/throwaway_system.sh, or the script of the system).

TEST_SYSTEMS_TRIED=' '

# throwaway_systems_home PID
throwaway_systems_home() { printf '%s/systems-of-%s' "$(clusters_dir)" "$1"; }

# shared_system_variable NAME: tells the tests where the shared one is.
shared_system_variable() { printf 'SAFARGO_TEST_%s_HOME' "${1^^}"; }

# system_of HOME: the name of the system that it belongs to.
system_of() {
    local name=${1##*/}
    printf '%s' "${name%%-*}"
}

# remove_test_systems FOLDER: all in it; what may still run is kept.
remove_test_systems() {
    local home
    for home in "$1"/*; do
        [ -d "$home" ] || continue
        remove_system "$(system_of "$home")" "$home" || warn "$home was not removed"
    done
    remove_if_empty "$1"
}

# remove_if_empty FOLDER: no home is left in it.
remove_if_empty() {
    [ -n "$(find "$1" -mindepth 1 -type d -print -quit 2>/dev/null)" ] || rm -rf "$1"
}

remove_dead_test_systems() {
    local folder pid
    for folder in "$(clusters_dir)"/systems-of-*; do
        [ -d "$folder" ] || continue
        pid=${folder##*/systems-of-}
        case $pid in *[!0-9]*) continue ;; esac
        process_exists "$pid" || remove_test_systems "$folder"
    done
}

remove_own_test_systems() { remove_test_systems "$(throwaway_systems_home $$)"; }

# ensure_test_systems NAME...: starts each once for this command and exports where it is; an exported one is used as it is. One
# that cannot be had on this machine counts as skipped, by name, and so do the tests that need it.
ensure_test_systems() {
    local name variable
    for name in "$@"; do
        variable=$(shared_system_variable "$name")
        [ -z "${!variable:-}" ] || continue
        [[ $TEST_SYSTEMS_TRIED != *" $name "* ]] || continue
        TEST_SYSTEMS_TRIED+="$name "
        start_test_system "$name" "$variable"
    done
}

start_test_system() { # NAME VARIABLE
    local home status=0
    home=$(throwaway_systems_home $$)/$1
    if [ "$TEST_SYSTEMS_TRIED" = " $1 " ]; then # the first
        remove_dead_test_systems
        on_exit remove_own_test_systems
    fi
    start_system "$1 for the tests" "$1" "$home" || status=$?
    case $status in
        0) export "$2=$home" ;;
        77) record_result skipped systems "$1: $(why_not "$1")" ;;
        *)
            record_result failed systems "$1 did not start: $(why_not "$1")"
            mkdir -p "$TEST_LOGS"
            cp "$SAFARGO_LOGS/system-$1.log" "$TEST_LOGS/systems.log"
            ;;
    esac
}

# ensure_systems_of PROGRAM...: those that the programs look for in their environment; the name stands in a program as it is.
ensure_systems_of() {
    local name
    for name in $(system_names); do
        if grep -qaF -- "$(shared_system_variable "$name")" "$@"; then ensure_test_systems "$name"; fi
    done
}
