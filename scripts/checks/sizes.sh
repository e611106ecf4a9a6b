#!/usr/bin/env bash
# Files stay short enough to read at once: 400 lines fail and 300 warn; functions of more than 60 lines fail (scripts: 120 and 40).
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../lib/front_door.sh"
. "$SAFARGO_ROOT/scripts/lib/sources.sh"

hand_written() { grep -z -v -E '/generated/|openapi\.json$|schema\.sql$|^packages/database/data/|pnpm-lock'; }

# long_files WARN FAIL: of the NUL-separated names on standard input.
long_files() {
    in_batches awk -v warn="$1" -v fail="$2" '
        function close_file() {
            if (lines > fail) { print name ": " lines " lines, more than " fail; bad = 1 }
            else if (lines > warn) print "warning: " name " has " lines " lines, more than " warn
        }
        FNR == 1 { close_file(); name = FILENAME; lines = 0 }
        { lines++ }
        END { close_file(); exit bad }'
}

# long_functions LIMIT: a body opens with ") ... {" and closes with "}" at the same indentation (sources are formatted).
long_functions() {
    # shellcheck disable=SC2016  # an awk program
    in_batches awk -v limit="$1" '
        FNR == 1 { depth = 0 }
        { match($0, /^ */); indent = RLENGTH }
        /^ *[A-Za-z~].*\).*\{$/ { depth++; at[depth] = FNR; by[depth] = indent }
        /^ *\}/ && depth > 0 && indent == by[depth] {
            if (FNR - at[depth] + 1 > limit) {
                print FILENAME ":" at[depth] ": " FNR - at[depth] + 1 " lines, more than " limit; bad = 1
            }
            depth--
        }
        END { exit bad }'
}

status=0
repo_files 'apps/**.cpp' 'apps/**.hpp' 'bench/**.cpp' 'bench/**.hpp' 'apps/**.ts' 'apps/**.tsx' 'packages/**.ts' \
    'tests/**.ts' 'bench/**.ts' '*.sql' | hand_written | long_files 300 400 || status=1
cpp_sources | long_functions 60 || status=1
shell_sources | long_files 120 120 || status=1
shell_sources | long_functions 40 || status=1
exit "$status"
