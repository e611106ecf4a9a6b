# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

s3_script() { "$SAFARGO_ROOT/scripts/systems/s3.sh" "$@"; }

# A server under this test's folder, stopped with the test.
started_s3() {
    command -v radosgw >/dev/null || exit 77
    s3_script start "$PWD/home"
    trap 's3_script stop "$PWD/home"' EXIT
}

# ask METHOD NAME [BODY]: as the user of the server; its status, and what it says.
ask() {
    local key secret url
    key=$(s3_script env home | sed -n 's/^AWS_ACCESS_KEY_ID=//p')
    secret=$(s3_script env home | sed -n 's/^AWS_SECRET_ACCESS_KEY=//p')
    url=$(s3_script env home | sed -n 's/^S3_ENDPOINT=//p')
    printf 'user = "%s:%s"\n' "$key" "$secret" |
        curl -s -m 10 --noproxy '*' -K - -X "$1" --aws-sigv4 'aws:amz:us-east-1:s3' -w ' %{http_code}' \
            -H "x-amz-content-sha256: $(printf '%s' "${3:-}" | sha256sum | cut -c1-64)" ${3:+--data-binary "$3"} "$url/$2"
}

test_a_stop_keeps_the_objects_and_a_crash_starts_anew() {
    started_s3
    local before
    before=$(s3_script env home)
    expect "$(ask PUT safargo-uploads/kept.txt "as it was")" " 200"
    s3_script stop home
    expect "$(s3_script health home || echo "status $?")" "does not answer
status 3"
    s3_script start home
    expect "$(s3_script env home)" "$before"
    expect "$(ask GET safargo-uploads/kept.txt)" "as it was 200"

    kill -KILL "$(cut -d' ' -f1 home/run/osd)" "$(cut -d' ' -f1 home/run/mon)"
    s3_script start home
    case $(ask GET safargo-uploads/kept.txt) in *NoSuchKey*' 404') ;; *) return 1 ;; esac
    expect "$(ask PUT safargo-uploads/new.txt new)" " 200"
}

test_a_frozen_one_is_stopped_all_the_same() {
    started_s3
    local pids
    mapfile -t pids < <(cut -d' ' -f1 home/run/*)
    expect "${#pids[@]}" 3
    kill -STOP "${pids[@]}"
    s3_script stop home
    for pid in "${pids[@]}"; do expect_failure process_exists "$pid"; done
    s3_script start home
    expect "$(ask PUT safargo-uploads/new.txt new)" " 200"
}

test_another_program_on_its_port_is_not_taken_for_it() {
    started_s3
    local stranger status=0
    kill -KILL "$(cut -d' ' -f1 home/run/rgw)"
    while port_taken "$(cat home/port)"; do sleep 0.1; done
    node -e 'require("node:http").createServer((_, answer) => answer.end()).listen(+process.argv[1], "127.0.0.1")' \
        "$(cat home/port)" &
    stranger=$!
    # shellcheck disable=SC2064  # as they are now
    trap "kill $stranger; s3_script stop '$PWD/home'" EXIT
    until port_taken "$(cat home/port)"; do sleep 0.1; done
    s3_script start home >/dev/null 2>&1 || status=$?
    expect "$status" 1
    expect_failure s3_script health home
    s3_script start home # elsewhere, anew
    expect "$(ask PUT safargo-uploads/new.txt new)" " 200"
}
