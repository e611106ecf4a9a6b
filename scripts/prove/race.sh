#!/usr/bin/env bash
# The race for the last seats: a thousand rounds with the API killed and PostgreSQL restarted in between
# takes: an hour
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/prove_part.sh"

export SAFARGO_TEST_SCALE=${SAFARGO_TEST_SCALE:-10} # two shapes of fifty rounds each, times this
fact rounds $((100 * SAFARGO_TEST_SCALE))
counted "$SAFARGO_ROOT/safargo" test --only functional 'functional/race/race\.test' || exit 1
