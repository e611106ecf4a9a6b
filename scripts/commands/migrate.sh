#!/usr/bin/env bash
# ./safargo migrate [--dry-run] | --write-schema: migrations on the development database.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

case "$*" in
    '' | --dry-run) ;;
    --write-schema)
        ensure_packages
        ensure_api_binary
        ensure_test_cluster
        . "$SAFARGO_ROOT/scripts/lib/schema.sh"
        fresh_schema >"$SAFARGO_STATE/schema.sql"
        mv "$SAFARGO_STATE/schema.sql" "$SAFARGO_DATABASE/schema.sql"
        say "  packages/database/schema.sql is written: review the diff and commit it"
        exit 0
        ;;
    *) usage_error "migrate [--dry-run] | --write-schema" ;;
esac
take_lock work
ensure_packages
ensure_api_binary
ensure_database
migrate_database "$@"
