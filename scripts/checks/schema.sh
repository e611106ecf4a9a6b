#!/usr/bin/env bash
# packages/database/schema.sql is what the migrations make (./safargo migrate --write-schema).
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/schema.sh"

[ -x "$(api_binary)" ] || die "safargo-api is not built" "./safargo build"
ensure_test_cluster
folder=$(mktemp -d --suffix=-safargo)
remove_folder() { rm -rf "$folder"; }
on_exit remove_folder

fresh_schema >"$folder/schema.sql"
diff -u "$SAFARGO_DATABASE/schema.sql" "$folder/schema.sql" ||
    die "packages/database/schema.sql has drifted from the migrations" "./safargo migrate --write-schema, then review and commit"
