#!/usr/bin/env bash
# Real systems for tests that stop, freeze or kill one (scripts/lib/systems.sh):
#   throwaway_system.sh create NAME PID   creates and starts one that ends with process PID; prints its folder; status 77 if it
#                                         cannot be had here, with a sentence that says why
#   throwaway_system.sh env HOME...       the variables of these systems, joined into one environment
#   throwaway_system.sh start|stop|health|remove HOME
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib/front_door.sh"

create() { # NAME PID
    local folder home status=0
    is_system "$1" || usage_error "throwaway_system.sh: \"$1\" is none of $(system_names | paste -sd ' ')"
    remove_dead_test_systems
    folder=$(throwaway_systems_home "$2")
    home=$folder/$1-$(random_hex 4)
    mkdir -p "$folder"
    if [ "$(missing_for "$1" | wc -l)" != 0 ]; then
        say "its Debian packages are not installed: $(missing_for "$1" | paste -sd ' ')" >&2
        exit 77
    fi
    bring_up "$1" "$home" >&2 || status=$?
    if [ "$status" != 0 ]; then
        remove_system "$1" "$home" >&2 || :
        exit "$status"
    fi
    say "$home"
}

# print_env HOME...: several authorities are joined beside the first home.
print_env() {
    local home pairs=() bundle
    for home in "$@"; do pairs+=("$(system_of "$home")" "$home"); done
    bundle=$(dirname "$1")/authorities-$(printf '%s\n' "$@" | sha256sum | cut -c1-10).pem
    systems_environment "$bundle" "${pairs[@]}"
}

# A folder that test_systems.sh did not create is never touched.
check_home() {
    case $(realpath -m -- "$1") in "$(realpath -- "$(clusters_dir)")"/systems-of-*/*) ;; *) die "not a throw-away system: $1" ;; esac
}

verb=${1:-}
[ $# -ge 2 ] || usage_error "throwaway_system.sh create NAME PID | env HOME... | start|stop|health|remove HOME"
shift
if [ "$verb" = create ]; then
    [ $# = 2 ] || usage_error "throwaway_system.sh create NAME PID"
    create "$@"
    exit
fi
case $verb in start | stop | remove) check_home "$1" ;; esac
for home in "$@"; do is_system "$(system_of "$home")" || die "no system has this folder: $home"; done
case $verb in
    env) print_env "$@" ;;
    start) bring_up "$(system_of "$1")" "$1" >&2 ;;
    stop) stop_system "$(system_of "$1")" "$1" ;;
    health) call_system "$SYSTEM_ANSWER_SECONDS" "$(system_of "$1")" health "$1" ;;
    remove) remove_system "$(system_of "$1")" "$1" && remove_if_empty "$(dirname "$1")" ;;
    *) usage_error "throwaway_system.sh: unknown action $verb" ;;
esac
