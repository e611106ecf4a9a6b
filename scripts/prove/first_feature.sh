#!/usr/bin/env bash
# The first feature: every command of docs/first-feature.md on a clean clone; it compiles, passes its tests and all checks
# takes: an hour
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/prove_part.sh"
. "$SAFARGO_ROOT/scripts/lib/first_feature.sh"

clone=$(mktemp -d --suffix=-safargo)
remove_clone() { rm -rf "$clone"; }
on_exit remove_clone
chmod 755 "$clone" # the server of its databases may run as another user

ensure_tools up test
clean_clone "$clone/house"
unset -v SAFARGO_API_BIN # of this clone: the other one builds its own
run_document "$clone/house" slow | tee "$PROVE_FOLDER/output"
fact results "$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$PROVE_FOLDER/output" | head -n 2 | tail -n 1)"
fact "files touched beside its folder" "$(git -C "$clone/house" status --short | grep -v -c 'src/features/favourites')"
faults=$(copied_faults "$clone/house") || die "the document does not copy the whole sample:" "$faults"
