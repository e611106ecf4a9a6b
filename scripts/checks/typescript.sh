#!/usr/bin/env bash
# TypeScript packages type-check.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
ensure_node
ensure_workspace
cd "$SAFARGO_ROOT"
pnpm -r --if-present run typecheck
