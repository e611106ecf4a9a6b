# shellcheck shell=bash
# Work to do when the command ends, however it ends: the newest first.

EXIT_WORK=()

on_exit() { EXIT_WORK=("$1" "${EXIT_WORK[@]}"); }

run_exit_work() {
    local status=$? work
    trap - EXIT ERR
    trap '' INT TERM HUP
    set +e
    for work in "${EXIT_WORK[@]}"; do $work; done
    exit "$status"
}

# An exit without die is a bug in these scripts: never end silently.
report_breakage() {
    printf 'error: %s failed at line %s with status %s; logs are in %s\n' "${0##*/}" "$1" "$2" "$SAFARGO_LOGS" >&2
}

trap run_exit_work EXIT
trap 'report_breakage "$LINENO" "$?"' ERR
trap 'exit 130' INT
trap 'exit 143' TERM HUP
