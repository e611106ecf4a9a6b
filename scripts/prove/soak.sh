#!/usr/bin/env bash
# Ten minutes of mixed traffic with connections dropped at random: errors, memory, descriptors and threads
# takes: 20 minutes
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/prove_part.sh"

measured --only soak --soak-minutes 10 --worlds 1m --no-peers || exit 1
