#!/usr/bin/env bash
# bare_journey.sh PORT: what a new user does first, in their clone ~/safargo; exits with 0 if everything worked. It runs in a bare
# root (bare_debian.sh) and leaves figures in ~/facts.
set -uo pipefail
cd "$HOME/safargo" || exit 1
export PORT=$1

fact() { printf '%s\t%s\n' "$1" "$2" >>"$HOME/facts"; }

journey() {
    local began=$SECONDS
    ./safargo up || return 1
    fact "./safargo up" "$((SECONDS - began)) s"
    ./safargo doctor || return 1
    began=$SECONDS
    ./safargo test --only functional | tee "$HOME/tests" || return 1
    fact "functional tests" "$(tail -n 1 "$HOME/tests"), $((SECONDS - began)) s"
}

status=0
journey || status=1
./safargo down || status=1
exit "$status"
