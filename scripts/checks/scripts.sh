#!/usr/bin/env bash
# Shell scripts are clean for shellcheck.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/sources.sh"

shell_sources | in_batches shellcheck --external-sources --severity=style
