#!/usr/bin/env bash
# ./safargo fmt: formats the C++ sources in place.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"

[ $# = 0 ] || usage_error "fmt takes no arguments"
ensure_packages up test
. "$SAFARGO_ROOT/scripts/lib/sources.sh"
cpp_sources | in_batches clang-format-19 -i
say "  $(cpp_sources | tr -cd '\0' | wc -c) files formatted"
