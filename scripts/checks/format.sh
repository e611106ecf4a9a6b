#!/usr/bin/env bash
# C++ sources are formatted by clang-format (./safargo fmt fixes it).
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/sources.sh"

cpp_sources | in_batches clang-format-19 --dry-run --Werror
