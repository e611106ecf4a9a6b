# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

opensearch_script() { "$SAFARGO_ROOT/scripts/systems/opensearch.sh" "$@"; }

# A node under this test's folder, stopped with the test; where it cannot be had the test counts as skipped.
started_opensearch() {
    local status=0
    opensearch_script start "$PWD/home" || status=$?
    [ "$status" = 0 ] || exit "$status"
    trap 'opensearch_script stop "$PWD/home"' EXIT
}

# ask METHOD PATH [BODY]: its status.
ask() {
    local url
    url=$(opensearch_script env home | sed -n 's/^OPENSEARCH_URL=//p')
    printf 'url = "%s%s"\n' "$url" "$2" |
        curl -s -m 20 --noproxy '*' -K - -X "$1" -o answer -w '%{http_code}' -H 'Content-Type: application/json' \
            ${3:+--data-binary "$3"}
}

test_a_stop_keeps_the_index_and_the_address() {
    started_opensearch
    local before
    before=$(opensearch_script env home)
    expect "$(ask PUT '/kept/_doc/1?refresh=true' '{"name": "Timgad"}')" 201
    opensearch_script stop home
    expect "$(opensearch_script health home || echo "status $?")" "opensearch: down
status 3"
    opensearch_script start home
    expect "$(opensearch_script env home)" "$before"
    case $(opensearch_script health home) in "opensearch: "*", port "*) ;; *) return 1 ;; esac
    expect "$(ask GET /kept/_doc/1)" 200
}

test_only_its_user_is_let_in() {
    started_opensearch
    local port
    port=$(cat home/port)
    expect "$(curl -s -m 5 --noproxy '*' -o answer -w '%{http_code}' "http://127.0.0.1:$port/")" 401
    expect "$(curl -s -m 5 --noproxy '*' -o answer -w '%{http_code}' -u safargo:wrong "http://127.0.0.1:$port/")" 401
    expect "$(ask GET /)" 200
    expect "$(stat -c %a home/password)" 600
}

test_a_frozen_one_is_stopped_all_the_same() {
    started_opensearch
    local pid
    pid=$(cut -d' ' -f1 home/pid)
    kill -STOP "$pid"
    expect "$(opensearch_script health home || echo "status $?")" "opensearch: down
status 3"
    opensearch_script stop home
    expect_failure process_exists "$pid"
}

test_one_that_was_never_started_has_no_address() {
    mkdir home
    expect_failure opensearch_script env home
    opensearch_script stop home
}

test_two_starts_at_once_are_one() {
    started_opensearch
    opensearch_script stop home
    opensearch_script start "$PWD/home" &
    opensearch_script start "$PWD/home"
    wait
    expect "$(find /proc -maxdepth 2 -name cwd -lname "$PWD/home" 2>/dev/null | wc -l)" 1
}
