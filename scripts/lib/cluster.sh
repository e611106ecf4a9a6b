# shellcheck shell=bash
# A PostgreSQL cluster of our own in a home folder: HOME/data, HOME/port, HOME/socket (where its socket is) and
# HOME/postgres.log. PostgreSQL refuses to run as root, so root runs it as the user postgres.

SOCKET_PATH_LIMIT=107 # bytes, sun_path of Linux without its closing zero

# cluster_user [HOME]: who runs the server; an existing cluster keeps its owner.
cluster_user() {
    if [ "$(id -u)" != 0 ]; then
        id -un
    elif [ -n "${1:-}" ] && [ -d "$1/data" ]; then
        stat -c %U "$1/data"
    else
        printf 'postgres'
    fi
}

# as_cluster_user USER COMMAND...: run from /, since USER may not be able to enter the current folder.
as_cluster_user() {
    local user=$1
    shift
    if [ "$(id -u)" = 0 ]; then (cd / && runuser -u "$user" -- "$@"); else (cd / && "$@"); fi
}

# clusters_dir: where homes are: .safargo, or a folder outside if root's clone is not accessible to the user postgres.
clusters_dir() {
    local recorded
    recorded=$(env_get SAFARGO_CLUSTERS_DIR)
    if [ -n "$recorded" ] && [ -d "$recorded" ]; then
        printf '%s' "$recorded"
        return 0
    fi
    mkdir -p "$SAFARGO_STATE"
    recorded=$SAFARGO_STATE
    if ! as_cluster_user "$(cluster_user)" test -x "$SAFARGO_STATE"; then
        recorded=/var/lib/safargo-$(clone_hash)
        install -d -m 0755 "$recorded"
    fi
    env_set SAFARGO_CLUSTERS_DIR "$recorded"
    printf '%s' "$recorded"
}

own_dir() { # own_dir DIR USER: a private folder for the server
    if [ "$(id -u)" = 0 ]; then install -d -m 0700 -o "$2" "$1"; else install -d -m 0700 "$1"; fi
}

# socket_dir HOME: the home itself, or a short folder under /tmp if the path is too long for a socket address.
socket_dir() {
    local home=$1 recorded
    recorded=$(cat "$home/socket" 2>/dev/null || :)
    if [ -n "$recorded" ] && [ -d "$recorded" ]; then
        printf '%s' "$recorded"
        return 0
    fi
    recorded=$home
    if [ "$(printf '%s/.s.PGSQL.65535' "$home" | wc -c)" -gt "$SOCKET_PATH_LIMIT" ]; then
        recorded=$(mktemp -d -p /tmp --suffix=-safargo)
        own_dir "$recorded" "$(cluster_user "$home")"
    fi
    printf '%s' "$recorded" >"$home/socket"
    printf '%s' "$recorded"
}

# cluster_settings KIND: appended once to postgresql.conf; port and socket are written at each start. Durable clusters
# survive a power cut, and so do those of the bench, which has to pay for it. A surviving one keeps every commit when its
# server is killed; a throw-away one may not.
cluster_settings() {
    cat <<'C'
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d '
log_min_duration_statement = '500ms'
include = 'safargo.conf'
C
    [ "$1" = durable ] && return 0
    if [ "$1" = bench ]; then
        printf '%s\n' "max_connections = 300" "shared_buffers = '1GB'" "max_wal_size = '8GB'"
        return 0
    fi
    cat <<'C'
max_connections = 300
shared_buffers = '256MB'
fsync = off
max_wal_size = '4GB'
C
    [ "$1" = surviving ] && return 0
    cat <<'C'
synchronous_commit = off
full_page_writes = off
C
}

# cluster_access KIND USER: passwords over TCP, the operating system's user on the private socket. A cluster for tests
# holds nothing of value and trusts its machine.
cluster_access() {
    if [ "$1" != durable ]; then
        printf 'local all all trust\nhost all all 127.0.0.1/32 trust\n'
    else
        printf 'local all postgres peer map=safargo\nhost all all 127.0.0.1/32 scram-sha-256\n'
    fi
}

# cluster_create HOME durable|bench|surviving|throwaway: built aside and renamed, so a half-made cluster is never mistaken for a complete one.
cluster_create() {
    local home=$1 kind=$2 user flags=()
    user=$(cluster_user)
    [ "$kind" = durable ] || flags=(--no-sync)
    own_dir "$home" "$user" && rm -rf "$home/new" &&
        as_cluster_user "$user" "$(pg_bin)/initdb" -D "$home/new" -U postgres -E UTF8 --locale=C.UTF-8 --data-checksums \
            --auth-local=peer --auth-host=scram-sha-256 --no-instructions "${flags[@]}" &&
        cluster_settings "$kind" >>"$home/new/postgresql.conf" &&
        cluster_access "$kind" >"$home/new/pg_hba.conf" &&
        printf 'safargo %s postgres\n' "$user" >"$home/new/pg_ident.conf" &&
        mv "$home/new" "$home/data"
}
