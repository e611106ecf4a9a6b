# shellcheck shell=bash
# Which files are ours, for checks: tracked ones and new ones that are not ignored. All lists are NUL-separated.

repo_files() {
    (cd "$SAFARGO_ROOT" && git ls-files -z --cached --others --exclude-standard -- "$@" |
        while IFS= read -r -d '' file; do [ ! -f "$file" ] || printf '%s\0' "$file"; done)
}

cpp_sources() { repo_files 'apps/**.cpp' 'apps/**.hpp' 'bench/**.cpp' 'bench/**.hpp'; }

shell_sources() { repo_files safargo .ci/run bench/run '*.sh'; }

# in_batches COMMAND...: runs it on the NUL-separated names of standard input, from the root.
in_batches() { (cd "$SAFARGO_ROOT" && xargs -0 -r "$@"); }

# change_base: the commit that "changed" is counted from.
change_base() {
    local name
    for name in "${SAFARGO_BASE:-}" origin/main main; do
        if [ -n "$name" ] && git -C "$SAFARGO_ROOT" merge-base HEAD "$name" 2>/dev/null; then return 0; fi
    done
    git -C "$SAFARGO_ROOT" rev-parse HEAD
}

# changed_files PATTERN...: since change_base, committed or not, if they still exist.
changed_files() {
    local base
    base=$(change_base)
    (cd "$SAFARGO_ROOT" && { git diff -z --name-only --diff-filter=d "$base" -- "$@" &&
        git ls-files -z --others --exclude-standard -- "$@"; })
}
