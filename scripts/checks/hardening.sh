#!/usr/bin/env bash
# The release binaries have the protections of the release preset (apps/api/cmake/safargo.cmake): the service, and the program
# that decodes strangers' pictures.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/hardening.sh"

# check_binary BINARY [ACCEPTED]: without the faults that the pattern accepts.
check_binary() {
    local faults
    [ -x "$1" ] || die "${1##*/} is not built" "./safargo build"
    faults=$(hardening_faults "$1" | grep -vE -- "${2:-^$}" || :)
    [ -z "$faults" ] || die "$1 is not hardened:" "$faults"
}

check_binary "$(api_binary)"
# the compiler knows the sizes of its few buffers, and then leaves the checked calls out
check_binary "$(dirname -- "$(api_binary)")/safargo-pictures" D_FORTIFY_SOURCE
