#!/usr/bin/env bash
# ./safargo doctor [--json]: what is missing or wrong here, and the command that fixes it; exit status 1 on a problem.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/doctor.sh"
. "$SAFARGO_ROOT/scripts/lib/doctor_packages.sh"

form=text
case "$*" in
    '') ;;
    --json) form=json ;;
    *) usage_error "doctor [--json]" ;;
esac

print_text() {
    local finding level what mend
    for finding in "${FINDINGS[@]}"; do
        IFS=$'\t' read -r level what mend <<<"$finding"
        case $level in
            good) passed "$what" ;;
            warning) printf '  %snote%s  %s\n' "$YELLOW" "$PLAIN" "$what" ;;
            *) failed "$what" ;;
        esac
        [ -z "$mend" ] || printf '        -> %s\n' "$mend"
    done
}

print_json() {
    local finding level what mend separator='['
    for finding in "${FINDINGS[@]}"; do
        IFS=$'\t' read -r level what mend <<<"$finding"
        printf '%s{"level":%s,"what":%s,"mend":%s}' "$separator" "$(json_string "$level")" "$(json_string "$what")" \
            "$(json_string "$mend")"
        separator=','
    done
    printf ']\n'
}

look_at_system
look_at_packages
look_at_resources
look_at_clone
look_at_configuration
look_at_services
look_at_systems
"print_$form"
for finding in "${FINDINGS[@]}"; do
    case $finding in problem*) exit 1 ;; esac
done
