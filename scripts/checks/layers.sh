#!/usr/bin/env bash
# Data flows one way: a folder of apps/api/src includes only lower ones; features meet through a service header. Samples
# are features in a folder of their own.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
source_dir=${1:-$SAFARGO_API_SOURCE/src}
scan() {
    cd "$1"
    find . -name '*.[ch]pp' ! -name '*_test.[ch]pp' ! -name '*_fuzz.cpp' -print0 | sort -z |
        xargs -0 -r awk -f "$SAFARGO_ROOT/scripts/checks/layers.awk"
}

status=0
(scan "$source_dir") || status=1
[ ! -d "$source_dir/../samples" ] || (scan "$source_dir/../samples") || status=1
exit "$status"
