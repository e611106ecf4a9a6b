#!/usr/bin/env bash
# Every kind of event has one owner and every handler a kind; the start checks the same of what is linked
# (jobs/sound_subscriptions).
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
source_dir=${1:-$SAFARGO_API_SOURCE/src}
cd "$source_dir"
folders=(.)
for sample in ../samples/features/*/; do # what was copied into features counts once
    [ ! -d "$sample" ] || [ -d "features/$(basename "$sample")" ] || folders+=("${sample%/}")
done
find "${folders[@]}" -name '*.[ch]pp' ! -name '*_test.[ch]pp' ! -name '*_fuzz.cpp' -print0 | sort -z |
    xargs -0 -r awk -f "$SAFARGO_ROOT/scripts/checks/events.awk"
