# shellcheck shell=bash
# .safargo/env: what was chosen once for this clone (ports, passwords, secrets). Lines of NAME=value, taken literally,
# never executed; readable by its owner only.

SAFARGO_ENV_FILE=${SAFARGO_ENV_FILE:-$SAFARGO_STATE/env}

# env_get NAME: prints the recorded value; nothing if there is none.
env_get() {
    [ -r "$SAFARGO_ENV_FILE" ] || return 0
    awk -v name="$1" 'index($0, name "=") == 1 { value = substr($0, length(name) + 2) } END { printf "%s", value }' \
        "$SAFARGO_ENV_FILE"
}

# env_set NAME VALUE: replaces the recorded value, by a rename so that no reader sees half a file.
env_set() {
    local name=$1 value=$2 fresh=$SAFARGO_ENV_FILE.$$
    case $value in *$'\n'*) die "a value of .safargo/env cannot hold a line break: $name" ;; esac
    [ "$(env_get "$name")" != "$value" ] || [ ! -e "$SAFARGO_ENV_FILE" ] || return 0
    mkdir -p "$(dirname "$SAFARGO_ENV_FILE")"
    (
        umask 077
        if [ -e "$SAFARGO_ENV_FILE" ]; then
            awk -v name="$name" 'index($0, name "=") != 1' "$SAFARGO_ENV_FILE"
        fi
        printf '%s=%s\n' "$name" "$value"
    ) >"$fresh.lines"
    install -m 0600 "$fresh.lines" "$fresh"
    rm -f "$fresh.lines"
    mv "$fresh" "$SAFARGO_ENV_FILE"
}

# random_hex BYTES
random_hex() { od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'; }

# env_once NAME COMMAND...: the recorded value, or what the command prints, recorded.
env_once() {
    local name=$1 value
    shift
    value=$(env_get "$name")
    if [ -z "$value" ]; then
        value=$("$@")
        env_set "$name" "$value"
    fi
    printf '%s' "$value"
}

clone_hash() { printf '%s' "$SAFARGO_ROOT" | sha256sum | cut -c1-10; }
