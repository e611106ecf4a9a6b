# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

# on_release 12|13 COMMAND...: as if this machine were one of them
on_release() {
    local release=$1
    shift
    # shellcheck disable=SC2317  # wanted_packages calls it
    debian_release() { printf '%s' "$release"; }
    "$@"
}

test_each_release_gets_its_own_names() {
    local release
    for release in 12 13; do
        on_release "$release" wanted_packages | sort >"names.$release"
        expect "$(sort -u "names.$release" | wc -l)" "$(wc -l <"names.$release")"
        expect_failure grep -v '^[a-z0-9][a-z0-9.+-]*$' "names.$release"
    done
    expect "$(comm -23 names.12 names.13 | tr '\n' ' ')" \
        "libboost-json1.81-dev libboost1.81-dev postgresql-15 postgresql-15-postgis-3 "
    expect "$(comm -13 names.12 names.13 | tr '\n' ' ')" \
        "libboost-json1.83-dev libboost1.83-dev postgresql-17 postgresql-17-postgis-3 "
}

test_a_new_cluster_is_made_by_the_server_of_its_release() {
    expect "$(on_release 12 postgres_version) $(on_release 13 postgres_version)" "15 17"
}

test_an_existing_cluster_keeps_the_server_that_made_it() {
    mkdir -p home/data
    echo 16 >home/data/PG_VERSION
    expect "$(pg_bin "$PWD/home")" /usr/lib/postgresql/16/bin
    expect "$(pg_bin "$PWD/nowhere")" "/usr/lib/postgresql/$(postgres_version)/bin"
}

# As after an upgrade of Debian: the data are kept, and the message names the way out.
test_a_cluster_without_its_server_is_not_started() {
    mkdir -p home/data
    echo 9 >home/data/PG_VERSION
    expect_failure cluster_start "$PWD/home" 2>err
    grep -q 'created by PostgreSQL 9, which is not installed' err
    [ -e home/data/PG_VERSION ]
}
