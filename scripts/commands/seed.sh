#!/usr/bin/env bash
# ./safargo seed: loads the Algerian data and the demo again (new trips for the coming days).
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

[ $# = 0 ] || usage_error "seed takes no arguments"
take_lock work
ensure_packages
ensure_api_binary
ensure_database
run_step "migrations" migrate "see the log" migrate_database
rm -f "$(database_home)/seeded"
seed_once
show_demo_accounts
