# shellcheck shell=bash
# The servers of a Redis cluster in a home folder (scripts/systems/redis.sh says what it holds).

REDIS_NODES=6
REDIS_SECONDS=30 # for any one wait

redis_ports() { cat "$1/ports" 2>/dev/null || :; }

# redis_is_made HOME: the url is written last.
redis_is_made() { [ -s "$1/url" ]; }

# redis_pid HOME PORT: of our own server; the kernel reuses pids, but only ours works in that folder.
redis_pid() {
    local pid
    pid=$(cat "$1/$2/pid" 2>/dev/null) || return 1
    [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$1/$2" ] && printf '%s' "$pid"
}

# redis_ask HOME PORT COMMAND...: bounded, since a frozen server never answers.
redis_ask() {
    local home=$1 port=$2
    shift 2
    REDISCLI_AUTH=$(cat "$home/password") timeout 3 redis-cli --tls --cacert "$home/ca.crt" -h 127.0.0.1 -p "$port" "$@" 2>/dev/null
}

# redis_wait COMMAND...
redis_wait() {
    local deadline=$((SECONDS + REDIS_SECONDS))
    until "$@"; do
        [ "$SECONDS" -lt "$deadline" ] || { echo "gave up after $REDIS_SECONDS s: $*" >&2 && return 1; }
        sleep 0.05
    done
}

redis_answers() { [ "$(redis_ask "$1" "$2" ping)" = PONG ]; }
redis_has_state() { redis_ask "$1" "$2" cluster info | grep -q '^cluster_state:ok'; }

# redis_is_linked HOME PORT: a master, or a replica that has a copy.
redis_is_linked() { redis_ask "$1" "$2" info replication | grep -q -E '^(role:master|master_link_status:up)'; }

# redis_choose_ports HOME: six whose cluster bus (port + 10000) is free as well. The start is drawn, since others choose now.
redis_choose_ports() {
    local port=$((12000 + RANDOM % 4000)) found=()
    for (( ; ${#found[@]} < REDIS_NODES && port < 20000; port++)); do
        if ! port_taken "$port" && ! port_taken $((port + 10000)); then found+=("$port"); fi
    done
    [ "${#found[@]}" = "$REDIS_NODES" ] || return 1
    printf '%s\n' "${found[@]}" >"$1/ports"
}

# redis_certificates HOME: an authority and one certificate for all nodes, by address and by name.
redis_certificates() {
    local days=3650 curve=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)
    openssl req -x509 "${curve[@]}" -days "$days" -subj "/CN=SafarGo development" -keyout "$1/ca.key" -out "$1/ca.crt" &&
        openssl req "${curve[@]}" -subj "/CN=redis" -keyout "$1/server.key" -out "$1/server.csr" &&
        openssl x509 -req -in "$1/server.csr" -CA "$1/ca.crt" -CAkey "$1/ca.key" -CAcreateserial -days "$days" \
            -extfile <(printf 'subjectAltName=IP:127.0.0.1,DNS:localhost') -out "$1/server.crt" && rm -f "$1/ca.key"
} 2>/dev/null

redis_settings() { # HOME PORT
    cat <<C
bind 127.0.0.1
port 0
tls-port $2
tls-cert-file "$1/server.crt"
tls-key-file "$1/server.key"
tls-ca-cert-file "$1/ca.crt"
tls-auth-clients no
tls-replication yes
tls-cluster yes
requirepass $(cat "$1/password")
masterauth $(cat "$1/password")
cluster-enabled yes
cluster-config-file nodes.conf
cluster-node-timeout 2000
cluster-replica-validity-factor 0
cluster-require-full-coverage no
appendonly yes
save ""
maxmemory 64mb
maxmemory-policy volatile-lru
daemonize yes
dir "$1/$2"
pidfile "$1/$2/pid"
logfile "$1/$2/log"
C
}
