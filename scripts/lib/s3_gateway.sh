# shellcheck shell=bash
# The S3 gateway of a Ceph home (ceph.sh): HOME/port is where it listens, HOME/keys has its user's two keys.

gateway_port() { cat "$CEPH_HOME/port"; }
gateway_url() { printf 'http://127.0.0.1:%s' "$(gateway_port)"; }
gateway_answers() { curl -s --noproxy '*' -o /dev/null -m 2 "$(gateway_url)/"; }
access_key() { sed -n 1p "$CEPH_HOME/keys"; }
secret_key() { sed -n 2p "$CEPH_HOME/keys"; }

# start_gateway: where somebody else listens, they would answer in its place.
start_gateway() {
    if port_taken "$(gateway_port)"; then
        say "another program has port $(gateway_port)" >&2
        return 1
    fi
    run_daemon rgw radosgw -c "$CEPH_CONF" -n client.rgw -f
    wait_for 60 gateway_is_settled && gateway_is_up
}
gateway_is_settled() { ! process_pid rgw || gateway_answers; }
gateway_is_up() { gateway_answers && process_pid rgw >/dev/null; }

# The keys of an earlier start stay valid, like its port.
make_gateway_user() {
    [ -s "$CEPH_HOME/keys" ] || (umask 077 && printf 'SAFARGO%s\n%s\n' "$(random_hex 6)" "$(random_hex 20)" >"$CEPH_HOME/keys")
    timeout 60 radosgw-admin -c "$CEPH_CONF" -n client.rgw user create --uid=safargo --display-name=safargo \
        --caps='user-policy=*' --access-key="$(access_key)" --secret="$(secret_key)" >/dev/null
}

base64_md5() {
    # shellcheck disable=SC2059  # the digits become the bytes they stand for
    printf "$(printf '%s' "$1" | md5sum | cut -c1-32 | sed 's/../\\x&/g')" | base64
}

# s3_send METHOD PATH TYPE DOCUMENT: curl signs, but leaves the hash of the document to us. The user and password of curl come by
# its standard input, since other users see its arguments.
s3_send() {
    printf 'user = "%s:%s"\n' "$(access_key)" "$(secret_key)" |
        curl -sS -f --noproxy '*' -m 30 -K - -X "$1" --aws-sigv4 'aws:amz:us-east-1:s3' -H "Content-Type: $3" \
            -H "x-amz-content-sha256: $(printf '%s' "$4" | sha256sum | cut -c1-64)" -H "Content-MD5: $(base64_md5 "$4")" \
            --data-binary "$4" -o /dev/null "$(gateway_url)/$2"
}
s3_put() { s3_send PUT "$1" application/xml "$2"; }

# Our user may ask for temporary keys, from a gateway that has them (a test's own).
allow_temporary_keys() {
    local policy='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:GetSessionToken","Resource":"*"}]}'
    s3_send POST '' application/x-www-form-urlencoded "Action=PutUserPolicy&Version=2010-05-08&UserName=safargo&PolicyName=temporary-keys&PolicyDocument=$(jq -rn --arg text "$policy" '$text | @uri')"
}

# Pages of this machine upload and read, whatever ports they were given.
browsers_allowed() {
    cat <<'X'
<CORSConfiguration><CORSRule><AllowedOrigin>http://127.0.0.1:*</AllowedOrigin><AllowedOrigin>http://localhost:*</AllowedOrigin>
<AllowedMethod>GET</AllowedMethod><AllowedMethod>HEAD</AllowedMethod><AllowedMethod>POST</AllowedMethod>
<AllowedHeader>*</AllowedHeader><ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>3600</MaxAgeSeconds></CORSRule></CORSConfiguration>
X
}

anyone_reads_public() { # BUCKET
    printf '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::%s/public/*"}]}' "$1"
}

lifecycle_rule() { # ID PREFIX ACTION
    printf '<Rule><ID>%s</ID><Filter><Prefix>%s</Prefix></Filter><Status>Enabled</Status>%s</Rule>' "$1" "$2" "$3"
}

# What was replaced or deleted is gone after 90 days; private documents and originals the day after.
kept_for_a_while() {
    local after='<NoncurrentVersionExpiration><NoncurrentDays>%s</NoncurrentDays></NoncurrentVersionExpiration>'
    printf '<LifecycleConfiguration>%s%s%s%s</LifecycleConfiguration>' \
        "$(lifecycle_rule broken-uploads '' \
            '<AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation></AbortIncompleteMultipartUpload>')" \
        "$(lifecycle_rule old-versions '' "${after/\%s/90}")" \
        "$(lifecycle_rule old-documents private/ "${after/\%s/1}")" "$(lifecycle_rule old-originals uploads/ "${after/\%s/1}")"
}

# The guide's four buckets.
make_buckets() {
    local bucket
    for bucket in safargo-uploads safargo-places safargo-backups safargo-logs; do
        s3_put "$bucket" '' &&
            s3_put "$bucket?versioning=" '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>' &&
            s3_put "$bucket?lifecycle=" "$(kept_for_a_while)" || return 1
    done
    for bucket in safargo-uploads safargo-places; do
        s3_put "$bucket?cors=" "$(browsers_allowed)" &&
            s3_put "$bucket?policy=" "$(anyone_reads_public "$bucket")" || return 1
    done
}
