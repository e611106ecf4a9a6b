#!/usr/bin/env bash
# Data flows one way: a folder of apps/api/src includes only lower ones; features meet through a service header.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
source_dir=${1:-$SAFARGO_API_SOURCE/src}
cd "$source_dir"
find . -name '*.[ch]pp' ! -name '*_test.[ch]pp' ! -name '*_fuzz.cpp' -print0 | sort -z |
    xargs -0 -r awk -f "$SAFARGO_ROOT/scripts/checks/layers.awk"
