# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

# configuration_names: the variables that the service declares.
configuration_names() {
    sed -n 's/.*\.name = "\([A-Z_]*\)".*/\1/p' "$SAFARGO_API_SOURCE/src/config/variables.cpp"
}

# behind_the_door COMMAND...: in a fresh shell that came through the front door.
behind_the_door() {
    # shellcheck disable=SC2016  # expanded by the inner shell
    bash -c '. "$SAFARGO_ROOT/scripts/lib/front_door.sh" && "$@"' bash "$@"
}

test_no_setting_of_the_callers_shell_comes_in() {
    local names name
    mapfile -t names < <(configuration_names)
    [ "${#names[@]}" -gt 20 ]
    for name in "${names[@]}"; do
        if [ "$name" = PORT ]; then continue; fi
        # shellcheck disable=SC2016  # expanded by the inner shell
        expect "$name=$(env "$name=foreign" bash -c '. "$SAFARGO_ROOT/scripts/lib/front_door.sh" && printenv "$0" || :' "$name")" "$name="
    done
}

test_the_port_is_the_callers_to_choose() {
    expect "$(PORT=3100 behind_the_door printenv PORT)" 3100
}

test_migrations_never_reach_the_database_of_the_callers_shell() {
    # shellcheck disable=SC2016  # expanded by the script
    printf '#!/bin/sh\necho "${DATABASE_DIRECT_URL:-$DATABASE_URL}"\n' >api
    chmod +x api
    printf 'DATABASE_URL=postgresql://ours\nJWT_SECRET=x\n' >env.txt
    # shellcheck disable=SC2016  # expanded by the inner shell
    expect "$(DATABASE_DIRECT_URL=postgresql://foreign SAFARGO_API_BIN=$PWD/api bash -c '
        . "$SAFARGO_ROOT/scripts/lib/front_door.sh"
        SAFARGO_ENV_FILE=$0
        migrate_database' "$PWD/env.txt")" postgresql://ours
}
