#!/usr/bin/env bash
# packages/api-client, docs/api.md and the table of docs/configuration.md match what the binary prints and what the generator makes of it
# (./safargo openapi --write).
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/contract.sh"

ensure_node
ensure_workspace
folder=$(mktemp -d --suffix=-safargo)
remove_folder() { rm -rf "$folder"; }
on_exit remove_folder

[ -x "$(api_binary)" ] || die "safargo-api is not built" "./safargo build"
print_contract >"$folder/openapi.json"
status=0
diff -u "$API_CLIENT/openapi.json" "$folder/openapi.json" || status=1
print_codes >"$folder/api.md"
diff -u "$ERROR_CODES" "$folder/api.md" || status=1
print_variables >"$folder/variables.md"
diff -u <(committed_variables) "$folder/variables.md" || status=1
generate_client "$folder/schema.d.ts"
diff -u "$API_CLIENT/$CLIENT_TYPES" "$folder/schema.d.ts" || status=1
[ "$status" = 0 ] || die "packages/api-client, docs/api.md or docs/configuration.md has drifted from the server" "./safargo openapi --write, then review and commit"
