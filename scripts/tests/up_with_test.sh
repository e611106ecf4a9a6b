# shellcheck shell=bash
# ./safargo up --with and its companions in a clone of their own, with a real PostgreSQL; systems and API are played.
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
# shellcheck source=scripts/testing/doubles_of_systems.sh
. "$SAFARGO_ROOT/scripts/testing/doubles_of_systems.sh"

# an_api: it says which of the doubles it was told to use.
an_api() {
    cat >api <<'API'
#!/bin/sh
case $1 in
    serve) exec node -e '
        const told = JSON.stringify({store: process.env.STORE_URL ?? null, authority: process.env.SAFARGO_CA_FILE ?? null});
        require("node:http").createServer((_, answer) => answer.end(told)).listen(process.env.PORT, "127.0.0.1")' ;;
    config) exit 0 ;;
esac
API
    chmod +x api
    export SAFARGO_API_BIN=$PWD/api
}

# a_clone: ./clone with the doubles store (works) and cache (cannot be had).
a_clone() {
    chmod 755 .
    mkdir -p clone/packages/database/data clone/.safargo
    cp -r "$SAFARGO_ROOT/scripts" "$SAFARGO_ROOT/safargo" "$SAFARGO_ROOT/package.json" clone/
    ln -s "$SAFARGO_STATE/node" clone/.safargo/node
    double_of store
    # shellcheck disable=SC2016  # the double expands it
    sed -i 's|^start() {|&\n    echo authority >"$1/ca.pem"|' systems/store.sh
    double_of cache 'echo "there is no cache for this machine" >&2; exit 77'
    rm -rf clone/scripts/systems
    mv systems clone/scripts/systems
    an_api
    PORT=$(free_port 29500 400)
    export PORT
    trap 'in_clone down --wipe --yes >/dev/null 2>&1' EXIT
}

in_clone() { env -u SAFARGO_ROOT ./clone/safargo "$@"; }
told() { curl -s --noproxy '*' "http://127.0.0.1:$PORT/"; }

test_systems_come_and_go_with_up() {
    local status=0
    a_clone
    in_clone up >out
    expect "$(told)" '{"store":null,"authority":null}'
    expect "$(in_clone status | grep -E '^(store|cache)' | sed 's/  */ /g')" \
        "$(printf '%s\n' 'cache stopped, not used (./safargo up --with cache)' 'store stopped, not used (./safargo up --with store)')"

    in_clone up --with all >out 2>err
    grep -q '^  store      running, answers on store://127.0.0.1$' out
    grep -q 'left out: cache: there is no cache for this machine' err
    expect "$(told)" "{\"store\":\"store://secret@127.0.0.1\",\"authority\":\"$PWD/clone/.safargo/systems/store/ca.pem\"}"
    expect "$(in_clone status --json | jq -c .systems)" \
        '{"cache":{"state":"stopped","used":false,"detail":""},"store":{"state":"running","used":true,"detail":"answers on store://127.0.0.1"}}'
    in_clone logs store | grep -q 'store was started'
    in_clone doctor >found || : # this machine may have its own problems
    grep -q 'store is running: answers on' found

    echo frozen >clone/.safargo/systems/store/sick
    in_clone status >out || status=$?
    expect "$status $(grep '^store' out | sed 's/  */ /g')" "3 store unhealthy, frozen"
    rm clone/.safargo/systems/store/sick

    in_clone up >out 2>err
    grep -q '  ok    stop store' out
    expect "$(told)" '{"store":null,"authority":null}'
    [ -e clone/.safargo/systems/store/server.log ]
    in_clone status >/dev/null # a system that is not used need not run
    in_clone up --with store >out
    in_clone down >out
    grep -q '  ok    stop store' out
    in_clone down --wipe --yes >out
    [ ! -e clone/.safargo/systems ]
}

test_an_unknown_system_is_refused_before_anything_is_done() {
    local status=0 words
    a_clone
    for words in "--with shop" "--with store,shop" "--with" "store" "--with store cache"; do
        status=0
        # shellcheck disable=SC2086  # several words
        in_clone up $words >out 2>err || status=$?
        expect "$words: $status" "$words: 2"
        grep -qE 'cache( |,)store' err
        expect "$(cat out)" ""
    done
    status=0
    in_clone logs shop 2>err || status=$?
    expect "$status" 2
    grep -q 'cache|store' err
}
