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
        on_release "$release" wanted_packages up test | sort >"names.$release"
        expect "$(sort -u "names.$release" | wc -l)" "$(wc -l <"names.$release")"
        expect_failure grep -v '^[a-z0-9][a-z0-9.+-]*$' "names.$release"
    done
    expect "$(comm -23 names.12 names.13 | tr '\n' ' ')" \
        "libboost-json1.81-dev libboost1.81-dev postgresql-15 postgresql-15-postgis-3 "
    expect "$(comm -13 names.12 names.13 | tr '\n' ' ')" \
        "libboost-json1.83-dev libboost1.83-dev postgresql-17 postgresql-17-postgis-3 "
}

# What a build and a running service need is enough for ./safargo up; browsers and analysers are for the tests.
test_up_installs_only_its_own_group() {
    expect "$(wanted_packages up | grep -c -x -E 'clang-19|libvips-dev|cmake')" 3
    expect "$(wanted_packages up | grep -x -E 'chromium|shellcheck|clang-tidy-19|libclang-rt-19-dev|libbenchmark-dev' || :)" ""
    expect "$(wanted_packages test | grep -c -x -E 'chromium|shellcheck|clang-tidy-19|libclang-rt-19-dev|libbenchmark-dev')" 5
    expect "$(wanted_packages up test | sort)" "$({ wanted_packages up && wanted_packages test; } | sort)"
    expect "$(grep -c '^\[' "$SAFARGO_ROOT/scripts/packages.txt")" 2
}

test_only_what_is_missing_is_named() {
    # shellcheck disable=SC2317  # not_installed calls it
    dpkg-query() { printf '%s\n' 'installed cmake' 'config-files chromium'; }
    expect "$(not_installed cmake chromium nowhere | paste -sd ' ')" "chromium nowhere"
}

# on_a_machine_without ROOT_REASON PACKAGE...: where these are missing, and apt is only written down.
# shellcheck disable=SC2317  # the functions under test call them
on_a_machine_without() {
    REASON=$1 MISSING=${*:2}
    node_is_ready() { true; }
    no_root() { [ -n "$REASON" ] && printf '%s' "$REASON"; }
    missing_packages() { tr ' ' '\n' <<<"$MISSING"; }
    run_step() { echo "$1" >>steps; }
}

test_packages_that_nobody_may_install_are_named_with_the_command() {
    on_a_machine_without "sudo needs a password" cmake ccache
    expect_failure ensure_packages 2>err
    grep -q 'packages are missing, and sudo needs a password' err
    grep -q 'apt-get install cmake ccache$' err
    [ ! -e steps ]
}

test_missing_packages_are_installed_in_one_go() {
    on_a_machine_without "" cmake ccache
    ensure_packages
    expect "$(paste -sd , steps)" "package lists,2 Debian packages"
}

test_the_systems_name_packages_of_the_release() {
    local name packages
    for name in $(system_names); do
        packages=$(call_system 10 "$name" packages)
        [ -n "$packages" ]
        expect "$(grep -v '^[a-z0-9][a-z0-9.+-]*$' <<<"$packages" || :)" ""
    done
    . "$SAFARGO_ROOT/scripts/lib/opensearch_peer.sh"
    expect "$(on_release 12 java_package) $(on_release 13 java_package)" "openjdk-17-jdk-headless openjdk-21-jdk-headless"
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
