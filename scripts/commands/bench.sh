#!/usr/bin/env bash
# ./safargo bench: measures this build against its peers (bench/).
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

exec "$SAFARGO_ROOT/bench/run" "$@"
