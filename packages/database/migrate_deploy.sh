#!/usr/bin/env bash
# pnpm --filter @safargo/database prisma:migrate:deploy
# Applies the migrations of this folder to DATABASE_URL with the one runner there is, safargo-api migrate. Arguments
# (--dry-run) are passed on.
set -euo pipefail
here=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)

# find_api: SAFARGO_API_BIN, else this checkout's build, else what is installed.
find_api() {
    local built=$here/../../.safargo/build/release/src/app/safargo-api
    if [ -n "${SAFARGO_API_BIN:-}" ]; then
        printf '%s' "$SAFARGO_API_BIN"
    elif [ -x "$built" ]; then
        printf '%s' "$built"
    else
        command -v safargo-api
    fi
}

if [ -z "${DATABASE_URL:-}" ] && [ -z "${DATABASE_DIRECT_URL:-}" ]; then
    echo "error: DATABASE_URL names the database to migrate, and it is not set" >&2
    echo "       the development database of this checkout: ./safargo migrate" >&2
    exit 1
fi
if ! api=$(find_api) || [ ! -x "$api" ]; then
    cat >&2 <<'TEXT'
error: there is no safargo-api here to run the migrations with
       either name one:      SAFARGO_API_BIN=/path/to/safargo-api
       or build it:          ./safargo build
       or run the image:     docker run --rm -e DATABASE_URL -e JWT_SECRET safargo-api:latest migrate
TEXT
    exit 1
fi
exec "$api" migrate --dir "$here/migrations" "$@"
