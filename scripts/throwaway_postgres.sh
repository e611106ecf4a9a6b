#!/usr/bin/env bash
# Throw-away PostgreSQL servers for tests that stop or restart one:
#   throwaway_postgres.sh create PID     creates and starts one that ends with process PID; prints its folder
#   throwaway_postgres.sh survivor PID   the same, but a crash of the server loses no commit
#   throwaway_postgres.sh url|start|stop|crash|remove FOLDER
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/lib/front_door.sh"

create() { # create PID KIND
    local home
    remove_dead_test_clusters
    home=$(clusters_dir)/throwaway-$1-$(random_hex 4)
    make_test_cluster "$home" "$2" >&2 && say "$home"
}

# A folder that test_cluster.sh did not create is never touched.
check_home() {
    case $1 in "$(clusters_dir)"/throwaway-*) ;; *) die "not a throw-away cluster: $1" ;; esac
}

[ $# = 2 ] || usage_error "throwaway_postgres.sh create|survivor PID | url|start|stop|crash|remove FOLDER"
case $1 in create | survivor) ;; *) check_home "$2" ;; esac
case $1 in
    create) create "$2" throwaway ;;
    survivor) create "$2" surviving ;;
    url) say "$(throwaway_url "$2")" ;;
    start) cluster_start "$2" ;;
    stop) cluster_stop "$2" fast ;;
    crash) cluster_stop "$2" immediate ;;
    remove) cluster_remove "$2" ;;
    *) usage_error "throwaway_postgres.sh: unknown action $1" ;;
esac
