# shellcheck shell=bash
# Which PostgreSQL: 15 to 17 are supported. A new cluster uses the one that packages.txt names for this Debian; an
# existing one is served by the version that created it, since no other can read its files.

# postgres_version [HOME]
postgres_version() {
    local recorded=
    [ -z "${1:-}" ] || recorded=$(cat "$1/data/PG_VERSION" 2>/dev/null || :)
    if [ -n "$recorded" ]; then
        printf '%s' "$recorded"
    else
        wanted_packages up | sed -n 's/^postgresql-\([0-9]*\)$/\1/p'
    fi
}

# pg_bin [HOME]: the folder of its programs
pg_bin() { printf '/usr/lib/postgresql/%s/bin' "$(postgres_version "$@")"; }

# has_server HOME: its server is installed; warns otherwise, for example after a Debian upgrade.
has_server() {
    [ ! -x "$(pg_bin "$1")/pg_ctl" ] || return 0
    warn "$1 was created by PostgreSQL $(postgres_version "$1"), which is not installed: install it again, or start with" \
        "an empty database (./safargo down --wipe)"
    return 1
}
