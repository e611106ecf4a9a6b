#!/usr/bin/env bash
# ./safargo logs [api|postgres] [-f] [-n LINES]: the logs of what up started.
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
        *) usage_error "logs [api|postgres] [-f] [-n LINES]" ;;
    esac
    shift
done
case $lines in '' | *[!0-9]*) usage_error "logs: -n needs a number" ;; esac

files=()
[ "$which" = postgres ] || files+=("$SAFARGO_LOGS/api.log")
if [ "$which" != api ] && [ -n "$(env_get SAFARGO_CLUSTERS_DIR)" ]; then files+=("$(database_home)/postgres.log"); fi
present=()
for file in "${files[@]}"; do [ ! -e "$file" ] || present+=("$file"); done
[ "${#present[@]}" -gt 0 ] || die "there are no logs yet" "./safargo up starts the services"
exec tail -n "$lines" "${flags[@]}" "${present[@]}"
