#!/usr/bin/env bash
# Fuzzers with new inputs, five minutes each, continuing from what earlier runs of this clone found
# takes: an hour
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/prove_part.sh"

counted "$SAFARGO_ROOT/safargo" fuzz --seconds 300 || exit 1
