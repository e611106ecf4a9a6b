# shellcheck shell=bash
# Throw-away clusters for tests: own folder, port and socket, no fsync. Each is named after its creator's pid, so that the
# next run finds and removes the leftovers of a killed one.

throwaway_url() { printf 'postgresql://postgres@127.0.0.1:%s/postgres' "$(cluster_port "$1")"; }

remove_dead_test_clusters() {
    local home pid
    for home in "$(clusters_dir)"/throwaway-*; do
        [ -d "$home" ] || continue
        pid=${home##*/throwaway-}
        pid=${pid%%-*}
        case $pid in *[!0-9]*) continue ;; esac
        if process_exists "$pid"; then continue; fi
        if ! cluster_remove "$home"; then warn "$home was not removed"; fi
    done
}

# make_test_cluster HOME [throwaway|surviving]
make_test_cluster() { cluster_create "$1" "${2:-throwaway}" && cluster_start "$1"; }

# ensure_test_cluster: starts one for this command and exports SAFARGO_TEST_POSTGRES; an address given from outside is
# used as it is. It is stopped and removed when the command ends, however it ends.
ensure_test_cluster() {
    [ -z "${SAFARGO_TEST_POSTGRES:-}" ] || return 0
    remove_dead_test_clusters
    TEST_CLUSTER_HOME=$(clusters_dir)/throwaway-$$
    on_exit remove_test_cluster
    run_step "throw-away PostgreSQL" test-postgres "see ./safargo doctor" make_test_cluster "$TEST_CLUSTER_HOME"
    SAFARGO_TEST_POSTGRES=$(throwaway_url "$TEST_CLUSTER_HOME")
    export SAFARGO_TEST_POSTGRES
}

remove_test_cluster() { cluster_remove "$TEST_CLUSTER_HOME"; }
