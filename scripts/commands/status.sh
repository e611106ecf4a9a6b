#!/usr/bin/env bash
# ./safargo status [--json]: what runs and where; exit status 3 if something that should run does not.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

form=text
case ${1:-} in
    '') ;;
    --json) form=json ;;
    *) usage_error "status [--json]" ;;
esac

home='' database=stopped database_port=
if [ -n "$(env_get SAFARGO_CLUSTERS_DIR)" ]; then
    home=$(database_home)
    database=$(cluster_state "$home")
    if [ "$database" = running ]; then database_port=$(cluster_port "$home"); fi
fi
api=stopped api_process=$(process_pid api || :) port=$(api_port)
if [ -n "$api_process" ]; then
    port=$(running_api_port)
    if api_is_ready "$port"; then api=ready; else api=unready; fi
fi
build="none yet (./safargo build)" built=false
if [ -x "$(api_binary)" ]; then build=$(api_binary) built=true; fi
mapfile -t systems < <(systems_lines)

print_json() {
    local line name used state where separator=
    printf '{"api":{"state":%s,"pid":%s,"url":%s},' "$(json_string "$api")" "${api_process:-null}" \
        "$(json_string "http://127.0.0.1:$port")"
    printf '"postgres":{"state":%s,"port":%s,"home":%s},"systems":{' "$(json_string "$database")" \
        "${database_port:-null}" "$(json_string "$home")"
    for line in "${systems[@]}"; do
        IFS=$'\t' read -r name used state where <<<"$line"
        printf '%s"%s":{"state":"%s","used":%s,"detail":%s}' "$separator" "$name" "$state" \
            "$([ "$used" = yes ] && printf true || printf false)" "$(json_string "$where")"
        separator=,
    done
    printf '},"built":%s}\n' "$built"
}

print_text() {
    local line name used state where
    say "API         $api${api_process:+, process $api_process, http://127.0.0.1:$port}"
    say "PostgreSQL  $database${database_port:+, 127.0.0.1:$database_port, $home}"
    for line in "${systems[@]}"; do
        IFS=$'\t' read -r name used state where <<<"$line"
        if [ "$used" = no ]; then state+=", not used (./safargo up --with $name)"; fi
        say "$(printf '%-11s' "$name") $state${where:+, $where}"
    done
    say "build       $build"
}

"print_$form"
[ "$api" = ready ] && [ "$database" = running ] || exit 3
for line in "${systems[@]}"; do
    case $line in *$'\tyes\t'running*) ;; *$'\tyes\t'*) exit 3 ;; esac
done
