# shellcheck shell=bash
# Work to do when the command ends, however it ends: the newest first.

EXIT_WORK=()

on_exit() { EXIT_WORK=("$1" "${EXIT_WORK[@]}"); }

run_exit_work() {
    local status=$? work
    trap - EXIT
    trap '' INT TERM HUP
    set +e
    for work in "${EXIT_WORK[@]}"; do $work; done
    exit "$status"
}

trap run_exit_work EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
