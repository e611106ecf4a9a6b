#!/usr/bin/env bash
# ./safargo openapi [--write]: prints the contract; --write regenerates packages/api-client, docs/api.md and docs/configuration.md.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

case "$*" in
    '' | --write) ;;
    *) usage_error "openapi [--write]" ;;
esac
# The output may be piped, so our own messages go elsewhere.
{
    ensure_tools
    ensure_api_binary
} >&2
. "$SAFARGO_ROOT/scripts/lib/contract.sh"
if [ "${1:-}" != --write ]; then
    print_contract
    exit 0
fi
ensure_workspace
print_contract >"$SAFARGO_STATE/openapi.json"
mv "$SAFARGO_STATE/openapi.json" "$API_CLIENT/openapi.json"
print_codes >"$ERROR_CODES"
print_variables >"$SAFARGO_STATE/variables.md"
with_variables "$SAFARGO_STATE/variables.md" >"$SAFARGO_STATE/configuration.md"
mv "$SAFARGO_STATE/configuration.md" "$CONFIGURATION"
run_step "TypeScript client" api-client "see the log" generate_client "$API_CLIENT/$CLIENT_TYPES"
say "  packages/api-client, docs/api.md and docs/configuration.md are regenerated: review the diff and commit it"
