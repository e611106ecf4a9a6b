# shellcheck shell=bash
# Which systems the API of this clone uses: .safargo/with/names, as chosen by the last ./safargo up --with, and their variables in
# .safargo/with/env (readable by its owner only). Without these files the API uses its embedded defaults.

SYSTEMS_IN_USE=$SAFARGO_STATE/with

systems_in_use() { [ ! -e "$SYSTEMS_IN_USE/names" ] || cat "$SYSTEMS_IN_USE/names"; }

is_in_use() { grep -qsx -- "$1" "$SYSTEMS_IN_USE/names"; }

# chosen_systems LIST: the names in "redis,s3" or "all", one a line; a wrong one ends the command.
chosen_systems() {
    local name names
    if [ "$1" = all ]; then
        system_names
        return 0
    fi
    mapfile -t names < <(tr ',' '\n' <<<"$1")
    for name in "${names[@]}"; do
        is_system "$name" || usage_error "up --with: \"$name\" is none of $(system_names | paste -sd ' '), or all"
    done
    printf '%s\n' "${names[@]}" | sort -u
}

use_no_systems() { rm -rf "$SYSTEMS_IN_USE"; }

# use_systems NAME...: all of them run.
use_systems() {
    local name pairs=()
    for name in "$@"; do pairs+=("$name" "$(system_home "$name")"); done
    install -d -m 0700 "$SYSTEMS_IN_USE"
    (umask 077 && systems_environment "$SYSTEMS_IN_USE/authorities.pem" "${pairs[@]}" >"$SYSTEMS_IN_USE/env.new") || return 1
    printf '%s\n' "$@" >"$SYSTEMS_IN_USE/names"
    mv "$SYSTEMS_IN_USE/env.new" "$SYSTEMS_IN_USE/env"
}

# export_systems_env: taken literally, never executed.
export_systems_env() {
    local line
    [ -e "$SYSTEMS_IN_USE/env" ] || return 0
    while IFS= read -r line; do export "${line?}"; done <"$SYSTEMS_IN_USE/env"
}

# start_systems NAME...: SYSTEMS_STARTED are those that run, SYSTEMS_LEFT_OUT lines of "name: why" for the others.
start_systems() {
    local name status
    SYSTEMS_STARTED=() SYSTEMS_LEFT_OUT=()
    for name in "$@"; do
        status=0
        start_system "$name" "$name" "$(system_home "$name")" || status=$?
        case $status in
            0) SYSTEMS_STARTED+=("$name") ;;
            77) SYSTEMS_LEFT_OUT+=("$name: $(why_not "$name")") ;;
            *)
                show_tail "$SAFARGO_LOGS/system-$name.log" 30
                die "$name did not start; its logs are in $(system_home "$name")" "./safargo up starts SafarGo without it"
                ;;
        esac
    done
}

# systems_with_home: those that this clone ever started, running or not.
systems_with_home() {
    local name
    [ -n "$(env_get SAFARGO_CLUSTERS_DIR)" ] || return 0
    for name in $(system_names); do [ ! -d "$(system_home "$name")" ] || printf '%s\n' "$name"; done
}

# stop_other_systems NAME...: all of this clone but these; they keep their data.
stop_other_systems() {
    local name home
    for name in $(systems_with_home); do
        home=$(system_home "$name")
        if [[ " $* " == *" $name "* ]] || ! has_processes "$home"; then continue; fi
        run_step "stop $name" "system-$name" "see ./safargo logs $name" stop_system "$name" "$home"
    done
}

# wipe_systems: deletes their data; the API uses its embedded defaults from now on.
wipe_systems() {
    local name
    for name in $(systems_with_home); do
        remove_system "$name" "$(system_home "$name")" || die "$name was not deleted" "see ./safargo logs $name"
    done
    use_no_systems
    [ ! -d "$(clusters_dir)/systems" ] || rmdir --ignore-fail-on-non-empty "$(clusters_dir)/systems"
}

# systems_lines: "name <tab> in use yes|no <tab> state <tab> address or reason" of each known system.
systems_lines() {
    local name used home
    for name in $(system_names); do
        used=no home=
        if is_in_use "$name"; then used=yes; fi
        [ -z "$(env_get SAFARGO_CLUSTERS_DIR)" ] || home=$(system_home "$name")
        printf '%s\t%s\t%s\n' "$name" "$used" "$(system_state "$name" "$home")"
    done
}
