# shellcheck shell=bash
# Output for people: plain text, colours only on a terminal.

BOLD='' DIM='' RED='' GREEN='' YELLOW='' PLAIN=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    BOLD=$'\e[1m' DIM=$'\e[2m' RED=$'\e[31m' GREEN=$'\e[32m' YELLOW=$'\e[33m' PLAIN=$'\e[0m'
fi

say() { printf '%s\n' "$*"; }
heading() { printf '\n%s%s%s\n' "$BOLD" "$*" "$PLAIN"; }
passed() { printf '  %sok%s    %s\n' "$GREEN" "$PLAIN" "$*"; }
failed() { printf '  %sfail%s  %s\n' "$RED" "$PLAIN" "$*"; }
skipped() { printf '  %sskip%s  %s\n' "$YELLOW" "$PLAIN" "$*"; }
warn() { printf '%swarning:%s %s\n' "$YELLOW" "$PLAIN" "$*" >&2; }

# die MESSAGE [ADVICE...]: stops with what is wrong and, one line each, what to do.
die() {
    printf '%serror:%s %s\n' "$RED" "$PLAIN" "$1" >&2
    shift
    local advice
    for advice in "$@"; do printf '       %s\n' "$advice" >&2; done
    exit 1
}

# usage_error MESSAGE: wrong arguments.
usage_error() {
    printf 'safargo: %s\n' "$1" >&2
    exit 2
}

# json_string TEXT: a JSON string literal (for commands that must work before jq is installed).
json_string() {
    local text=$1
    text=${text//\\/\\\\}
    text=${text//\"/\\\"}
    text=${text//$'\n'/\\n}
    text=${text//$'\t'/\\t}
    printf '"%s"' "$text"
}

# show_tail FILE LINES: the end of a log, set apart from our own messages.
show_tail() {
    [ -s "$1" ] || return 0
    printf '%s--- last lines of %s%s\n' "$DIM" "$1" "$PLAIN" >&2
    tail -n "$2" "$1" | sed 's/^/    /' >&2
}
