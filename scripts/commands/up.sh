#!/usr/bin/env bash
# ./safargo up: installs, builds, starts and loads everything; returns when it is ready.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

[ $# = 0 ] || usage_error "up takes no arguments (PORT=3100 ./safargo up chooses the API's port)"
take_lock work
check_api_port
heading "SafarGo: getting ready"
ensure_tools
ensure_api_binary
ensure_database
run_step "migrations" migrate "see the log; ./safargo migrate --dry-run shows what is pending" migrate_database
seed_once
ensure_api

heading "SafarGo is running"
say "  API        http://127.0.0.1:$(api_port)/api/v1"
say "  documents  http://127.0.0.1:$(api_port)/docs"
say "  database   psql \"\$(grep ^DATABASE_URL= .safargo/env | cut -d= -f2-)\""
show_demo_accounts
say ""
say "  ./safargo status | logs | down"
