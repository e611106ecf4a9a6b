#!/usr/bin/env bash
# ./safargo release [--dry-run]: tags the committed main as vX.Y.Z, the version of apps/api/CMakeLists.txt, with its section of the
# changelog as message. Nothing is pushed.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

case "$*" in
    '' | --dry-run) ;;
    *) usage_error "release [--dry-run]" ;;
esac
cd "$SAFARGO_ROOT"
changelog=CHANGELOG.md

# newest_section: the heading of the newest version in the changelog, as "0.2.0 2026-11-29".
newest_section() { sed -nE 's/^## \[([0-9]+\.[0-9]+\.[0-9]+)\] - ([0-9]{4}-[0-9]{2}-[0-9]{2})$/\1 \2/p' "$changelog" | head -n 1; }

# changes VERSION: the text of its section.
changes() {
    awk -v heading="## [$1]" '/^## / { on = index($0, heading) == 1; next } on' "$changelog" | sed -e '/./,$!d'
}

program_version() { sed -nE 's/^project\(safargo_api VERSION ([0-9.]+) .*/\1/p' apps/api/CMakeLists.txt; }
contract_version() { sed -nE '0,/"version"/s/.*"version": "([^"]*)".*/\1/p' packages/api-client/openapi.json; }

check_repository() { # TAG
    [ "$(git symbolic-ref --short -q HEAD)" = main ] || die "a release is tagged on main, not on $(git symbolic-ref --short -q HEAD || echo 'a detached commit')"
    [ -z "$(git status --porcelain)" ] || die "there are uncommitted changes" "git status"
    ! git rev-parse -q --verify "refs/tags/$1" >/dev/null ||
        die "$1 is already tagged" "raise the version in apps/api/CMakeLists.txt and CHANGELOG.md, then ./safargo openapi --write"
}

version=$(program_version)
read -r written date < <(newest_section) || die "$changelog has no section \"## [X.Y.Z] - YYYY-MM-DD\""
check_repository "v$version"
[ "$written" = "$version" ] ||
    die "apps/api/CMakeLists.txt says $version, and the newest version of $changelog is $written"
[ "$(contract_version)" = "$version" ] ||
    die "packages/api-client/openapi.json says $(contract_version), not $version" "./safargo openapi --write, then review and commit"
[ -n "$(changes "$version")" ] || die "the section $version of $changelog is empty"
[ "$(git tag --list 'v[0-9]*' --sort=-version:refname | { cat && echo "v$version"; } | sort -V | tail -n 1)" = "v$version" ] ||
    die "a newer version than $version is already tagged"

if [ "${1:-}" = --dry-run ]; then
    say "  v$version ($date) can be tagged:"
    changes "$version"
    exit 0
fi
{ printf 'SafarGo %s\n\n' "$version" && changes "$version"; } | git tag -a --cleanup=verbatim -F - "v$version"
say "  v$version is tagged at $(git rev-parse --short HEAD)"
say "  to publish it: git push origin main v$version"
