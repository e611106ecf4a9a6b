#!/usr/bin/env bash
# ./safargo lint [--all]: clang-tidy on the changed C++ files, or on all.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

case "$*" in
    '' | --all) ;;
    *) usage_error "lint [--all]" ;;
esac
ensure_packages up test
exec bash "$SAFARGO_ROOT/scripts/checks/lint.sh" "$@"
