#!/usr/bin/env bash
# ./safargo up [--with SYSTEM,...|all]: installs, builds, starts and loads everything; returns when it is ready. --with starts real
# systems of production too (scripts/systems) and restarts the API on them; without it the API uses its embedded defaults.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

wanted=()
case $#:${1:-} in
    0:) ;;
    2:--with)
        chosen=$(chosen_systems "$2") || exit
        mapfile -t wanted <<<"$chosen"
        ;;
    *) usage_error "up [--with $(system_names | paste -sd ,)|all] (PORT=3100 ./safargo up chooses the API's port)" ;;
esac

take_lock work
check_api_port
heading "SafarGo: getting ready"
ensure_tools
ensure_api_binary
ensure_database
run_step "migrations" migrate "see the log; ./safargo migrate --dry-run shows what is pending" migrate_database
seed_once
start_systems "${wanted[@]}"
if [ "${#SYSTEMS_STARTED[@]}" = 0 ]; then
    use_no_systems
elif ! use_systems "${SYSTEMS_STARTED[@]}"; then
    die "${SYSTEMS_STARTED[*]} did not say where to find them" "./safargo status, ./safargo logs; ./safargo up starts SafarGo without them"
fi
ensure_api
stop_other_systems "${SYSTEMS_STARTED[@]}"

heading "SafarGo is running"
say "  API        http://127.0.0.1:$(api_port)/api/v1"
say "  documents  http://127.0.0.1:$(api_port)/docs"
say "  database   psql \"\$(grep ^DATABASE_URL= .safargo/env | cut -d= -f2-)\""
for name in "${SYSTEMS_STARTED[@]}"; do
    IFS=$'\t' read -r state where < <(system_state "$name" "$(system_home "$name")")
    say "$(printf '  %-10s %s, %s' "$name" "$state" "$where")"
done
for line in "${SYSTEMS_LEFT_OUT[@]}"; do warn "left out: $line"; done
show_demo_accounts
say ""
say "  ./safargo status | logs | down"
