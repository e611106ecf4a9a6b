# shellcheck shell=bash
# What the parts of ./safargo prove share: figures for the report, and the commands that most of them run.

# fact NAME VALUE: a line of the report.
fact() { printf '%s\t%s\n' "$1" "$(tr '\t\n' '  ' <<<"$2" | sed 's/ *$//')" >>"${PROVE_FACTS:-/dev/null}"; }

# cannot WHY: this machine cannot run the part.
cannot() {
    say "$1"
    exit 77
}

# counted COMMAND...: one that ends with "N passed, N failed, N skipped", which goes into the report.
counted() {
    local status=0
    "$@" 2>&1 | tee "$PROVE_FOLDER/output" || status=$?
    fact results "$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$PROVE_FOLDER/output" | tail -n 1)"
    return "$status"
}

# measured ARGUMENT...: ./safargo bench; each budget goes into the report, and one that got worse fails the part.
measured() {
    local status=0 results=$PROVE_FOLDER/results.json
    "$SAFARGO_ROOT/safargo" bench "$@" --json >"$results" || status=$?
    [ -s "$results" ] || return "$status"
    jq -r '.measures[] | (.verdicts[] | select(.grade != "told") | "\(.what)\t\(.grade): found \(.found), budget \(.budget)"),
        (.name as $name | .troubles[] | "\($name) was not measured\t\(.)")' "$results" | while IFS=$'\t' read -r name value; do
        fact "$name" "$value"
    done
    [ "$status" = 0 ] || return "$status"
    ! jq -e 'any(.measures[].verdicts[]; .grade == "worse")' "$results" >/dev/null || { say "a budget got worse" && return 1; }
}
