# shellcheck shell=bash
# Creates, resumes and stops a Redis cluster in its home folder (redis_cluster.sh).

# redis_run HOME PORT: the server outlives us, and must not keep our lock.
redis_run() {
    if redis_pid "$1" "$2" >/dev/null; then return 0; fi
    rm -f "$1/$2/pid"
    if port_taken "$2" || port_taken $(($2 + 10000)); then return 1; fi
    (close_descriptors && redis-server "$1/$2/redis.conf") >/dev/null && redis_wait redis_answers "$1" "$2"
}

redis_run_all() {
    local port
    for port in $(redis_ports "$1"); do redis_run "$1" "$port" || { echo "no server on port $port" >&2 && return 1; }; done
}

# redis_settle HOME: until every node knows the others and every replica has its copy.
redis_settle() {
    local port
    for port in $(redis_ports "$1"); do
        redis_wait redis_has_state "$1" "$port" && redis_wait redis_is_linked "$1" "$port" || return 1
    done
}

redis_resume() {
    echo "starting the Redis cluster in $1" >&2
    redis_run_all "$1" && redis_settle "$1"
}

# redis_create HOME: in an empty home; the url is written when it works.
redis_create() {
    local home=$1 port nodes=()
    echo "creating a Redis cluster of $REDIS_NODES nodes in $home" >&2
    redis_choose_ports "$home" && redis_certificates "$home" || return 1
    (umask 077 && random_hex 24 >"$home/password")
    for port in $(redis_ports "$home"); do
        mkdir -p "$home/$port"
        (umask 077 && redis_settings "$home" "$port" >"$home/$port/redis.conf")
        nodes+=("127.0.0.1:$port")
    done
    redis_run_all "$home" || return 1
    echo "joining three masters and three replicas" >&2
    REDISCLI_AUTH=$(cat "$home/password") timeout 60 redis-cli --tls --cacert "$home/ca.crt" --cluster create "${nodes[@]}" \
        --cluster-replicas 1 --cluster-yes >"$home/create.log" 2>&1 && redis_have_replicas "$home" && redis_settle "$home" || return 1
    (umask 077 && printf 'rediss://:%s@%s\n' "$(cat "$home/password")" "$(IFS=, && printf '%s' "${nodes[*]}")" >"$home/url.new")
    mv "$home/url.new" "$home/url"
}

# redis_have_replicas HOME: until every node has heard of three replicas.
redis_have_replicas() {
    local port
    for port in $(redis_ports "$1"); do redis_wait redis_knows_replicas "$1" "$port" || return 1; done
}

redis_knows_replicas() { [ "$(redis_ask "$1" "$2" cluster nodes | grep -c ' \(myself,\)\?slave ')" = 3 ]; }

# redis_stop HOME: a frozen server does not hear SIGTERM, so none of them is asked twice.
redis_stop() {
    local port pid pids=() deadline=$((SECONDS + 10))
    for port in $(redis_ports "$1"); do
        if pid=$(redis_pid "$1" "$port"); then pids+=("$pid"); fi
    done
    [ "${#pids[@]}" -gt 0 ] || return 0
    kill -TERM "${pids[@]}" 2>/dev/null || :
    for pid in "${pids[@]}"; do
        while process_exists "$pid"; do
            [ "$SECONDS" -lt "$deadline" ] || kill -KILL "$pid" 2>/dev/null || :
            sleep 0.05
        done
    done
}

# redis_wipe HOME: everything that a creation made, and nothing else.
redis_wipe() {
    local port
    for port in $(redis_ports "$1"); do rm -rf "${1:?}/$port"; done
    rm -f "$1"/{url,url.new,ports,password,create.log,ca.crt,ca.key,ca.srl,server.key,server.crt,server.csr}
}

# redis_health HOME: a line; fails unless some node answers and says that every slot is served.
redis_health() {
    local port answering=0 state=down
    redis_is_made "$1" || { echo "not started" && return 1; }
    for port in $(redis_ports "$1"); do
        redis_answers "$1" "$port" || continue
        answering=$((answering + 1))
        if [ "$state" = down ] && redis_serves_all "$1" "$port"; then state=ok; fi
    done
    echo "$answering of $REDIS_NODES nodes answer"
    [ "$state" = ok ]
}

redis_serves_all() { redis_ask "$1" "$2" cluster info | tr -d '\r' | grep -q -x 'cluster_slots_ok:16384'; }
