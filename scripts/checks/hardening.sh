#!/usr/bin/env bash
# The release binaries have the protections of the release preset (apps/api/cmake/safargo.cmake): the service, and the program
# that decodes strangers' pictures.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/hardening.sh"

for binary in "$(api_binary)" "$(dirname -- "$(api_binary)")/safargo-pictures"; do
    [ -x "$binary" ] || die "${binary##*/} is not built" "./safargo build"
    faults=$(hardening_faults "$binary")
    [ -z "$faults" ] || die "$binary is not hardened:" "$faults"
done
