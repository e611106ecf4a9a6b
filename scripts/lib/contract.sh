# shellcheck shell=bash
# The contract: openapi.json as the binary prints it, and the TypeScript types made from it.

API_CLIENT=$SAFARGO_ROOT/packages/api-client
export CLIENT_TYPES=src/generated/schema.d.ts

print_contract() { SAFARGO_ENV=development "$(api_binary)" openapi | jq .; }

# The closed list of error codes, docs/api.md.
export ERROR_CODES=$SAFARGO_ROOT/docs/api.md
print_codes() { "$(api_binary)" codes; }

# generate_client FILE: types from the committed openapi.json.
generate_client() {
    (cd "$API_CLIENT" && mkdir -p "$(dirname "$1")" && pnpm exec openapi-typescript openapi.json --alphabetize -o "$1")
}
