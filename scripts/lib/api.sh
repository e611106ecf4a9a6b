# shellcheck shell=bash
# The API as a background process of this clone (see processes.sh): its note is "port fingerprint".

DEFAULT_API_PORT=3000
API_STOP_SECONDS=40 # a drain takes up to 25 s

# api_port: PORT of the environment, else what this clone used last, else 3000.
api_port() {
    local port=${PORT:-$(env_get PORT)}
    printf '%s' "${port:-$DEFAULT_API_PORT}"
}

running_api_port() { process_note api | cut -d' ' -f1; }

# api_fingerprint: changes if a running API would behave differently after a restart.
api_fingerprint() {
    { stat -L -c '%s %Y %i' "$(api_binary)" && api_port && env_get DATABASE_URL && env_get JWT_SECRET && data_hash &&
        { [ ! -e "$SYSTEMS_IN_USE/env" ] || cat "$SYSTEMS_IN_USE/env"; }; } |
        sha256sum | cut -c1-32
}

api_is_ready() { curl -fsS -o /dev/null --noproxy '*' --max-time 2 "http://127.0.0.1:$1/health/ready" 2>/dev/null; }

# check_api_port: our own API may be restarted there; another program must not be disturbed.
check_api_port() {
    local port owner other
    port=$(api_port)
    valid_port "$port" || die "PORT must be a TCP port between 1 and 65535, not \"$port\""
    if process_pid api >/dev/null && [ "$(running_api_port)" = "$port" ]; then return 0; fi
    port_taken "$port" || return 0
    owner=$(port_owner "$port")
    other=$(free_port $((port < 64000 ? port + 100 : 3100)) 1000)
    die "port $port, which the API needs, is taken by ${owner:-another program}" \
        "stop that program, or choose another port: PORT=$other ./safargo up"
}

rotate_log() {
    [ -f "$1" ] && [ "$(stat -c %s "$1")" -gt 50000000 ] && mv "$1" "$1.1"
    return 0
}

# start_api: detached from this terminal, so that it outlives it.
start_api() {
    local log=$SAFARGO_LOGS/api.log
    mkdir -p "$SAFARGO_LOGS"
    rotate_log "$log"
    env_set PORT "$(api_port)"
    (
        cd "$SAFARGO_ROOT" || exit 1
        export_development_env
        program=$(api_binary)
        close_descriptors
        exec setsid "$program" serve
    ) </dev/null >>"$log" 2>&1 &
    record_process api "$!" "$(api_port) $(api_fingerprint)"
}

# wait_for_api SECONDS: until it is ready or has exited, or the time is up.
wait_for_api() {
    local deadline=$((SECONDS + $1))
    while ! api_is_ready "$(api_port)"; do
        process_pid api >/dev/null || { echo "the API ended before it was ready" && return 1; }
        [ "$SECONDS" -lt "$deadline" ] || { echo "the API is not ready after $1 s" && return 1; }
        sleep 0.1
    done
}

# ensure_api: runs the current binary with the current settings; one that already runs is left alone.
ensure_api() {
    check_api_port
    if process_pid api >/dev/null; then
        if [ "$(process_note api)" = "$(api_port) $(api_fingerprint)" ] && api_is_ready "$(api_port)"; then return 0; fi
        run_step "stop the API of before" stop-api "see ./safargo logs api" stop_process api "$API_STOP_SECONDS"
    fi
    start_api
    if ! try_step "API" wait-api wait_for_api 60; then
        show_tail "$SAFARGO_LOGS/wait-api.log" 3
        show_tail "$SAFARGO_LOGS/api.log" 30
        die "the API did not become ready" "see ./safargo logs api; ./safargo doctor looks for a cause"
    fi
}
