#!/usr/bin/env bash
# ./safargo down [--wipe [--yes]]: stops what up started; --wipe deletes the database and the data of the systems too.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

wipe=no confirmed=no
for argument in "$@"; do
    case $argument in
        --wipe) wipe=yes ;;
        --yes) confirmed=yes ;;
        *) usage_error "down [--wipe [--yes]]" ;;
    esac
done

confirm_wipe() {
    [ "$confirmed" = no ] || return 0
    [ -t 0 ] || die "--wipe deletes the development database of this clone" "confirm it: ./safargo down --wipe --yes"
    local answer
    read -r -p "Delete the development database of this clone? Type yes: " answer
    [ "$answer" = yes ] || die "nothing was deleted"
}

[ "$wipe" = no ] || confirm_wipe
take_lock work
if process_pid api >/dev/null; then
    run_step "stop the API" stop-api "see ./safargo logs api" stop_process api "$API_STOP_SECONDS"
fi
stop_other_systems
if [ -n "$(env_get SAFARGO_CLUSTERS_DIR)" ]; then
    home=$(database_home)
    case $(cluster_state "$home") in
        running) run_step "stop PostgreSQL" stop-postgres "see ./safargo logs postgres" cluster_stop "$home" fast ;;
        unsure)
            explain_unsure "$home"
            die "PostgreSQL was not stopped, and nothing was deleted"
            ;;
    esac
    remove_dead_test_clusters
    remove_dead_test_systems
    if [ "$wipe" = yes ]; then
        wipe_systems
        rm -rf "$SAFARGO_STATE/objects" # pictures that the database names
        cluster_remove "$home" || die "the development database was not deleted"
        case $home in /var/lib/safargo-*) rmdir --ignore-fail-on-non-empty "${home%/*}" ;; esac
        say "  the development database is deleted; ./safargo up makes a new one"
    fi
fi
say "  SafarGo is stopped"
