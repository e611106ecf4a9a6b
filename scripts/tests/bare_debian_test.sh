# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/bare_debian.sh"

# Mirrors of other distributions and of third parties know no release of Debian's name.
test_only_the_sources_of_debian_itself_are_renamed() {
    printf '%s\n' "Debian http://mirror/debian/ bookworm main" "Debian http://mirror/debian/ bookworm-updates main" \
        "Debian http://mirror/security/ bookworm-security main" "Debian http://mirror/debian/ bookworm main" \
        "Debian http://mirror/debian/ bookworm-backports main" "Debian http://mirror/debian/ bookworm contrib" \
        "Docker http://other/ bookworm main" "apt.postgresql.org http://other/ bookworm-pgdg main" >targets
    expect "$(release_sources bookworm trixie <targets)" "$(printf '%s\n' "deb http://mirror/debian/ trixie main" \
        "deb http://mirror/debian/ trixie-updates main" "deb http://mirror/security/ trixie-security main")"
}

test_a_young_base_is_kept_and_an_old_one_is_made_again() {
    # shellcheck disable=SC2317  # make_base calls it
    as_root() { echo made >>made.txt && return 1; }
    mkdir bin
    printf '#!/bin/sh\n' >bin/mmdebstrap
    chmod +x bin/mmdebstrap
    PATH=$PWD/bin:$PATH BARE_HOME=$PWD/bare
    mkdir bare
    touch bare/trixie.tar
    make_base trixie
    expect "$(cat made.txt 2>/dev/null || :)" ""
    touch -d '8 days ago' bare/trixie.tar
    expect_failure make_base trixie
    expect "$(cat made.txt)" made
}

test_only_a_root_of_its_own_is_removed() {
    # shellcheck disable=SC2034  # remove_bare_root reads it
    BARE_HOME=$PWD/bare
    mkdir -p bare/trixie/etc precious
    expect_failure remove_bare_root ../precious
    expect_failure remove_bare_root ""
    remove_bare_root trixie
    [ -d precious ]
    [ ! -e bare/trixie ]
}

# journey_with SCRIPT: the journey in a home whose ./safargo does this
journey_with() {
    mkdir -p home/safargo
    # shellcheck disable=SC2016  # the stub expands it
    printf '%s\n' '#!/bin/sh' 'echo "$1" >>../steps' "$1" >home/safargo/safargo
    chmod +x home/safargo/safargo
    HOME=$PWD/home bash "$SAFARGO_ROOT/scripts/lib/bare_journey.sh" 3200 >out 2>&1
}

test_the_journey_of_a_new_user() {
    # shellcheck disable=SC2016  # the stub expands it
    journey_with '[ "$1" != test ] || echo "5 passed, 0 failed, 0 skipped"'
    expect "$(tr '\n' ' ' <home/steps)" "up doctor test down "
    grep -q '^functional tests.5 passed, 0 failed, 0 skipped, ' home/facts
}

test_a_failed_journey_is_cleaned_up_too() {
    # shellcheck disable=SC2016  # the stub expands it
    expect_failure journey_with '[ "$1" != test ]'
    expect "$(tr '\n' ' ' <home/steps)" "up doctor test down "
}
