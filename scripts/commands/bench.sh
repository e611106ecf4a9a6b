#!/usr/bin/env bash
# ./safargo bench: measures this build against its peers (bench/).
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

if [ -x "$SAFARGO_ROOT/bench/run" ]; then exec "$SAFARGO_ROOT/bench/run" "$@"; fi
die "there is no benchmark suite in this checkout" "it comes with bench/run; the budgets it will measure are in the design"
