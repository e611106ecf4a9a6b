#!/usr/bin/env bash
# Texts shown to people are in the catalogues: the same keys in three languages, all of them used, no wording in C++.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
command -v node >/dev/null || ensure_node
node "$SAFARGO_ROOT/scripts/checks/messages.mjs" "${1:-$SAFARGO_API_SOURCE}"
