#!/usr/bin/env bash
# Every measure of the bench, on worlds of up to a million trips, against the peers and the budgets
# takes: an hour
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/prove_part.sh"

measured || exit 1
