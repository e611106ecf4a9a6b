# shellcheck shell=bash
# What ./safargo doctor looks at. Each look_at_* calls found: good|warning|problem, what, and the command that fixes it.

FINDINGS=()

# found LEVEL WHAT [FIX]
found() { FINDINGS+=("$1"$'\t'"$2"$'\t'"${3:-}"); }

look_at_system() {
    local name
    # shellcheck source=/dev/null
    name=$(. /etc/os-release && printf '%s %s' "${ID:-}" "${VERSION_ID:-}")
    case $name in
        'debian 12' | 'debian 13') found good "Debian ${name#debian }, PostgreSQL $(postgres_version)" ;;
        *)
            found warning "this is $name; SafarGo is built and tested on Debian 12 and 13" \
                "run it in a Debian 12 or 13 container or machine"
            ;;
    esac
    if locale -a 2>/dev/null | grep -qi '^c\.utf-\?8$'; then
        found good "locale C.UTF-8"
    else
        found problem "the locale C.UTF-8 is missing: PostgreSQL needs it" "apt-get install --reinstall libc-bin"
    fi
}

look_at_resources() {
    local free memory
    free=$(df -Pk "$SAFARGO_ROOT" | awk 'NR == 2 { print int($4 / 1048576) }')
    if [ "$free" -ge 8 ]; then
        found good "$free GB of disk are free"
    else
        found problem "only $free GB of disk are free; all builds together need about 8" "rm -rf .safargo/build/asan .safargo/build/tsan .safargo/build/coverage, or make room"
    fi
    memory=$(awk '/^MemTotal/ { print int($2 / 1048576) }' /proc/meminfo)
    if [ "$memory" -ge 3 ]; then
        found good "$memory GB of memory, $(build_jobs) compilers at once"
    else
        found warning "less than 4 GB of memory: compilers run one by one" "SAFARGO_JOBS=1 and some swap space"
    fi
}

look_at_clone() {
    if [ -e "$SAFARGO_STATE" ] && { [ ! -w "$SAFARGO_STATE" ] || { [ -e "$SAFARGO_ENV_FILE" ] && [ ! -r "$SAFARGO_ENV_FILE" ]; }; }; then
        found problem ".safargo belongs to $(stat -c %U "$SAFARGO_STATE"), and you are $(id -un)" "run ./safargo as $(stat -c %U "$SAFARGO_STATE")"
        return 0
    fi
    if [ "$(id -u)" = 0 ] && id postgres >/dev/null 2>&1 && ! as_cluster_user postgres test -x "$SAFARGO_ROOT"; then
        found warning "the user postgres cannot enter $SAFARGO_ROOT" "nothing to do: the database is kept in /var/lib/safargo-$(clone_hash)"
    else
        found good "the database can be kept in .safargo"
    fi
    [ -z "${DATABASE_URL:-}" ] ||
        found warning "DATABASE_URL is set in your shell" "nothing to do: ./safargo uses the private cluster of this clone"
}

# What the binary would refuse at start: it names variables, never values.
look_at_configuration() {
    local answer status=0 line level=problem
    [ -r "$SAFARGO_ENV_FILE" ] && [ -x "$(api_binary)" ] && [ -n "$(env_get DATABASE_URL)$(env_get JWT_SECRET)" ] || return 0
    answer=$(with_development_env "$(api_binary)" config --check 2>/dev/null) || status=$?
    case $status in
        0) level=warning ;;
        2) ;;
        *)
            found warning "this safargo-api does not know how to check its configuration" "./safargo build"
            return 0
            ;;
    esac
    while IFS= read -r line; do
        [ -z "$line" ] || found "$level" "configuration: $line" "fix it in .safargo/env or your shell; docs/configuration.md describes the variable"
    done <<<"$answer"
    [ -n "$answer" ] || found good "the configuration is complete"
}

look_at_services() {
    local port home owner
    port=$(api_port)
    if process_pid api >/dev/null; then
        found good "the API runs on port $(running_api_port)"
    elif port_taken "$port"; then
        owner=$(port_owner "$port")
        found problem "port $port is taken by ${owner:-another program}" "stop it, or PORT=$(free_port $((port + 100)) 1000) ./safargo up"
    else
        found good "port $port is free for the API"
    fi
    if [ -e "$SAFARGO_STATE/run/api" ] && ! process_pid api >/dev/null; then
        found warning "the API was not stopped properly (stale .safargo/run/api)" "./safargo up starts it again; ./safargo down cleans up"
    fi
    [ -n "$(env_get SAFARGO_CLUSTERS_DIR)" ] || return 0
    home=$(database_home)
    case $(cluster_state "$home") in
        running) found good "PostgreSQL runs on port $(cluster_port "$home")" ;;
        unsure) found problem "cannot tell whether the PostgreSQL of $home runs" "./safargo down explains why" ;;
        *)
            [ ! -d "$home/data" ] || [ -x "$(pg_bin "$home")/pg_ctl" ] ||
                found problem "the database was created by PostgreSQL $(postgres_version "$home"), which is not installed" \
                    "apt-get install postgresql-$(postgres_version "$home"), or ./safargo down --wipe for an empty one"
            [ ! -e "$home/data/postmaster.pid" ] ||
                found warning "PostgreSQL was not stopped properly (stale postmaster.pid)" "./safargo up recovers it"
            ;;
    esac
}
