# shellcheck shell=bash
# packages/database/schema.sql: a freshly migrated database as printed by pg_dump.

# normalise_schema: without pg_dump's version, session settings, per-run tokens and comments.
normalise_schema() {
    grep -v -E '^(--|SET |SELECT pg_catalog\.set_config|\\(un)?restrict |COMMENT ON EXTENSION )' | cat -s | sed '1{/^$/d}'
}

# fresh_schema: needs SAFARGO_TEST_POSTGRES and the binary; the database it makes is dropped again.
fresh_schema() {
    local name=schema_check_$$ url status=0
    url=${SAFARGO_TEST_POSTGRES%/*}/$name
    psql -X -q -d "$SAFARGO_TEST_POSTGRES" -c "create database $name" || return 1
    SAFARGO_ENV=development DATABASE_URL=$url JWT_SECRET=$(random_hex 32) \
        "$(api_binary)" migrate --dir "$SAFARGO_DATABASE/migrations" >&2 &&
        { "$(pg_bin)/pg_dump" --schema-only --no-owner --no-privileges "$url" | normalise_schema; } || status=1
    psql -X -q -d "$SAFARGO_TEST_POSTGRES" -c "drop database $name with (force)" || status=1
    return "$status"
}
