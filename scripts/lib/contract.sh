# shellcheck shell=bash
# The contract: openapi.json as the binary prints it, the TypeScript types made from it, and the tables of docs that
# it prints.

API_CLIENT=$SAFARGO_ROOT/packages/api-client
export CLIENT_TYPES=src/generated/schema.d.ts

print_contract() { SAFARGO_ENV=development "$(api_binary)" openapi | jq .; }

# The closed list of error codes, docs/api.md.
export ERROR_CODES=$SAFARGO_ROOT/docs/api.md
print_codes() { "$(api_binary)" codes; }

# The table of docs/configuration.md is between two markers; the text around it is written by hand.
export CONFIGURATION=$SAFARGO_ROOT/docs/configuration.md
print_variables() { "$(api_binary)" config --markdown; }

# committed_variables: the table as in docs/configuration.md.
committed_variables() { sed -n '/^<!-- variables: /,/^<!-- end of variables -->$/{/^<!-- /!p}' "$CONFIGURATION"; }

# with_variables TABLE: docs/configuration.md with the contents of the file TABLE between the markers.
with_variables() {
    sed -e '/^<!-- variables: /r '"$1" -e '/^<!-- variables: /,/^<!-- end of variables -->$/{/^<!-- /!d}' "$CONFIGURATION"
}

# generate_client FILE: types from the committed openapi.json.
generate_client() {
    (cd "$API_CLIENT" && mkdir -p "$(dirname "$1")" && pnpm exec openapi-typescript openapi.json --alphabetize -o "$1")
}
