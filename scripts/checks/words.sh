#!/usr/bin/env bash
# What must not appear in the repository: host names of package registries, paths of the machine it was written on.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/sources.sh"

# forbid WHAT PATTERN: patterns are written so that they do not match themselves.
forbid() {
    local found
    # grep exits with 1 if it finds nothing, which is the good case
    found=$(repo_files | in_batches grep -nIEi -- "$2" /dev/null || :)
    [ -n "$found" ] || return 0
    printf '%s\n' "$found"
    echo "^ $1"
    bad=1
}

bad=0
forbid "host name of a package registry: packages come through the machine's own settings" \
    'https?:[/]/(registry|proxy|repo1?|files|index|deb|security|static|crates|pypi)[.][a-z.-]+[.](org|io|com)'
forbid "a folder outside the repository: copy what the product needs into it" '[.][.]/shared([^a-z_]|$)|[/]work/(main|shared|wt)'
forbid "unfinished work" '(^|[^a-z])(fixme|todo)(:|[(]| *$)'
exit "$bad"
