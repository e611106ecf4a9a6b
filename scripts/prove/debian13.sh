#!/usr/bin/env bash
# A new user's first hour on a bare Debian 13, as an ordinary user with sudo: up, functional tests, down
# takes: 45 minutes
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/prove_part.sh"
. "$SAFARGO_ROOT/scripts/lib/bare_debian.sh"

release=trixie
tell_facts() { while IFS=$'\t' read -r name value; do fact "$name" "$value"; done <"$BARE_HOME/$release/home/dev/facts"; }

# The logs of the clone are kept, the root is not.
clean_up() {
    as_root cp -r --no-preserve=mode,ownership "$BARE_HOME/$release/home/dev/safargo/.safargo/logs" "$PROVE_FOLDER/" 2>/dev/null
    remove_bare_root "$release"
}

[ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null || cannot "it takes root, or sudo without a password"
command -v apt-get >/dev/null || cannot "it takes the apt of a Debian"
[ "$(df -Pk "$SAFARGO_ROOT" | awk 'NR == 2 { print int($4 / 1048576) }')" -ge 12 ] || cannot "it takes 12 GB of disk"
as_root unshare --mount --pid --fork true 2>/dev/null || cannot "this container may make no namespaces"
mkdir -p "$BARE_HOME"
as_root apt-get update -o DPkg::Lock::Timeout=300
debian_sources "$release" >"$BARE_HOME/$release.list"
[ -s "$BARE_HOME/$release.list" ] || cannot "apt's sources name no mirror of Debian"

run_step "bare Debian 13" debian13-base "see the log; the mirror may lack the release" make_base "$release"
on_exit clean_up
run_step "its root, user and clone" debian13-root "see the log" unpack_base "$release"
fact commit "$(git -C "$SAFARGO_ROOT" rev-parse --short HEAD)"
status=0
in_bare_root "$release" "bash journey.sh $(free_port 3200 200)" || status=$?
[ ! -e "$BARE_HOME/$release/home/dev/facts" ] || tell_facts
[ "$status" = 0 ] || exit 1
