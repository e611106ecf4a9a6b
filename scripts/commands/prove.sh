#!/usr/bin/env bash
# ./safargo prove [--json] [PART...] | --list: runs what takes a night. Each part is a file of scripts/prove/; one report at the end.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/prove.sh"

form=text chosen=()
while [ $# -gt 0 ]; do
    case $1 in
        --json) form=json ;;
        --list) form=list ;;
        -*) usage_error "prove [--json] [PART...] | --list" ;;
        *)
            prove_has "$1" || usage_error "prove: there is no part \"$1\"; ./safargo prove --list names them"
            chosen+=("$1")
            ;;
    esac
    shift
done
if [ "$form" = list ]; then
    list_parts
    exit 0
fi
[ "${#chosen[@]}" -gt 0 ] || mapfile -t chosen < <(part_names)

# With --json standard output (kept as 8) is the report and nothing else.
exec 8>&1
[ "$form" = text ] || exec >&2
alone
ensure_packages up test
begin_report "${chosen[@]}"
on_exit finish_report
heading "SafarGo proves, in ${#chosen[@]} parts; logs and report in $PROVE_RUN"
for part in "${chosen[@]}"; do prove_part "$part"; done
finish_report
if [ "$form" = json ]; then cat "$PROVE_RUN/report.json" >&8; else say "" && cat "$PROVE_RUN/report.txt"; fi
report_is_good || exit 1
