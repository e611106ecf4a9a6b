#!/usr/bin/env bash
# clang-tidy on the changed C++ files since the main branch; --all takes every file.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/sources.sh"

# database_preset: any configured build knows how each file is compiled.
database_preset() {
    local preset
    for preset in dev release asan; do
        if [ -f "$(build_dir "$preset")/compile_commands.json" ]; then
            printf '%s' "$preset"
            return 0
        fi
    done
    configure_build dev >&2 && printf 'dev'
}

# units: the .cpp files to look at, NUL-separated: changed ones, and those beside a changed header of the same name.
units() {
    # the samples are built under the sanitizers alone
    if [ "${1:-}" = --all ]; then
        repo_files 'apps/**.cpp' 'bench/load/**.cpp' ':!apps/api/samples'
    else
        changed_files 'apps/**.cpp' 'apps/**.hpp' 'bench/load/**.cpp' 'bench/load/**.hpp' ':!apps/api/samples' | sed -z 's/\.hpp$/.cpp/' | sort -zu |
            while IFS= read -r -d '' file; do [ ! -f "$SAFARGO_ROOT/$file" ] || printf '%s\0' "$file"; done
    fi
}

preset=$(database_preset)
echo "clang-tidy on $(units "$@" | tr -cd '\0' | wc -c) files"
# clang-tidy counts what it suppressed in system headers on every file, which is of no use.
units "$@" | in_batches -n 2 -P "$(build_jobs)" clang-tidy-19 --quiet -p "$(build_dir "$preset")" 2>&1 |
    { grep -v -E "warnings? generated|Processing file" || :; }
