#!/usr/bin/env bash
# Each table is written by the folder that declares it (its tables.txt), and read by others only as the reviewed list in
# docs/architecture.md says.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
ensure_node
node "$SAFARGO_ROOT/scripts/checks/tables.mjs" "${1:-$SAFARGO_ROOT}" || exit 1
