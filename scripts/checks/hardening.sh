#!/usr/bin/env bash
# The release binary has the protections of the release preset (apps/api/cmake/safargo.cmake).
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/hardening.sh"

[ -x "$(api_binary)" ] || die "safargo-api is not built" "./safargo build"
faults=$(hardening_faults "$(api_binary)")
[ -z "$faults" ] || die "$(api_binary) is not hardened:" "$faults"
