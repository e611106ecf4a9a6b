#!/usr/bin/env bash
# ./safargo logs [api|postgres|SYSTEM] [-f] [-n LINES]: the logs of what up started.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

which='' flags=() lines=100
while [ $# -gt 0 ]; do
    case $1 in
        api | postgres) which=$1 ;;
        -f) flags=(-F) ;;
        -n)
            shift
            lines=${1:-}
            ;;
        *)
            is_system "$1" || usage_error "logs [api|postgres|$(system_names | paste -sd '|')] [-f] [-n LINES]"
            which=$1
            ;;
    esac
    shift
done
case $lines in '' | *[!0-9]*) usage_error "logs: -n needs a number" ;; esac

# log_files WHICH
log_files() {
    local home=
    [ -z "$(env_get SAFARGO_CLUSTERS_DIR)" ] || home=$(clusters_dir)
    case $1 in
        api) printf '%s\n' "$SAFARGO_LOGS/api.log" ;;
        postgres) [ -z "$home" ] || printf '%s\n' "$(database_home)/postgres.log" ;;
        *) [ -z "$home" ] || find "$(system_home "$1")" -type f \( -name '*.log' -o -name log \) -size +0 2>/dev/null | sort ;;
    esac
}

mapfile -t files < <(if [ -n "$which" ]; then log_files "$which"; else log_files api && log_files postgres; fi)
present=()
for file in "${files[@]}"; do [ ! -e "$file" ] || present+=("$file"); done
[ "${#present[@]}" -gt 0 ] || die "there are no logs yet" "./safargo up starts the services"
exec tail -n "$lines" "${flags[@]}" "${present[@]}"
