# shellcheck shell=bash
# For tests of scripts: a PostgreSQL of their own, and root as a default container has it.

# Test folders are closed to the user postgres; a cluster's server needs access.
open_folder() { chmod 755 .; }

# without_ptrace COMMAND...: as root of a default container; other users do not have that capability anyway.
without_ptrace() {
    local script
    script=". '$SAFARGO_ROOT/scripts/lib/front_door.sh'; $*"
    if [ "$(id -u)" = 0 ]; then
        setpriv --bounding-set=-sys_ptrace --inh-caps=-sys_ptrace bash -c "$script"
    else
        bash -c "$script"
    fi
}

# started_cluster: a running one in ./home, which stops with the test.
started_cluster() {
    open_folder
    cluster_create "$PWD/home" throwaway >/dev/null
    cluster_start "$PWD/home"
    trap 'cluster_remove "$PWD/home"' EXIT
}
