# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

# clone_at VERSION CHANGELOG_VERSION: a committed main of its own with the scripts of this one
clone_at() {
    export GIT_CONFIG_GLOBAL=/dev/null
    local scripts=$SAFARGO_ROOT
    unset SAFARGO_ROOT
    mkdir clone && cd clone
    git init -q -b main .
    git config user.email tester@localhost
    git config user.name tester
    cp -r "$scripts/scripts" "$scripts/safargo" .
    mkdir -p apps/api packages/api-client
    echo /.safargo/ >.gitignore
    echo "project(safargo_api VERSION $1 LANGUAGES C CXX)" >apps/api/CMakeLists.txt
    printf '{ "info": {\n    "version": "%s"\n} }\n' "$1" >packages/api-client/openapi.json
    printf '%s\n' '# Changelog' '' '## [Unreleased]' '' "## [$2] - 2026-11-29" '' '### Added' '- Seats that fold.' '' \
        '## [0.0.9] - 2026-01-01' '' '### Added' '- Wheels.' >CHANGELOG.md
    git add . && git commit -qm first
}

release() { bash safargo release "$@"; }

# refused WORDS...: and no tag is left behind
refused() {
    expect_failure release 2>../err
    grep -qF -- "$*" ../err
    expect "$(git tag | tr '\n' ' ')" "${TAGGED:-}"
}

test_a_clean_main_is_tagged_with_its_changes() {
    clone_at 0.2.0 0.2.0
    release >../out
    expect "$(git tag)" v0.2.0
    expect "$(git rev-parse 'v0.2.0^{commit}')" "$(git rev-parse HEAD)"
    expect "$(git tag -l --format='%(contents)' v0.2.0)" "$(printf '%s\n' 'SafarGo 0.2.0' '' '### Added' '- Seats that fold.')"
    grep -q 'git push origin main v0.2.0' ../out
}

test_a_dry_run_tags_nothing() {
    clone_at 0.2.0 0.2.0
    release --dry-run >../out
    grep -q 'Seats that fold' ../out
    expect_failure grep -q Wheels ../out
    expect "$(git tag)" ""
}

test_versions_that_differ_are_refused() {
    clone_at 0.3.0 0.2.0
    refused "says 0.3.0, and the newest version of CHANGELOG.md is 0.2.0"
    sed -i 's/0\.3\.0/0.2.0/' apps/api/CMakeLists.txt
    git commit -qam second
    refused "openapi.json says 0.3.0, not 0.2.0"
}

test_only_a_clean_main_is_released() {
    clone_at 0.2.0 0.2.0
    echo more >>CHANGELOG.md
    refused "uncommitted"
    git checkout -q CHANGELOG.md
    git checkout -q -b work
    refused "on main, not on work"
}

test_a_version_is_released_once_and_upwards() {
    clone_at 0.2.0 0.2.0
    release >../out
    TAGGED="v0.2.0 " refused "v0.2.0 is already tagged"
    git tag -d v0.2.0 >../out
    git tag v0.10.0
    TAGGED="v0.10.0 " refused "a newer version than 0.2.0"
}

test_an_empty_section_is_no_release() {
    clone_at 0.2.0 0.2.0
    sed -i '/^### Added/,/^- Seats/d' CHANGELOG.md
    sed -i '/^## \[0.0.9\]/,$d' CHANGELOG.md
    git commit -qam second
    refused "the section 0.2.0 of CHANGELOG.md is empty"
}

# What a release would refuse is better known before.
test_this_version_is_in_the_changelog() {
    local version
    version=$(sed -nE 's/^project\(safargo_api VERSION ([0-9.]+) .*/\1/p' "$SAFARGO_ROOT/apps/api/CMakeLists.txt")
    grep -qE "^## \[$version\] - [0-9-]{10}\$" "$SAFARGO_ROOT/CHANGELOG.md"
}
