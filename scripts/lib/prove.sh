# shellcheck shell=bash
# ./safargo prove: parts that take long, one after another, and one report of them all. A part is PROVE_PARTS/NAME.sh: its second
# line says what it proves, its third how long it takes ("# takes: ..."). It ends with 0 (proved), 77 (cannot be done here; its
# last line says why) or anything else (failed), and tells figures through lib/prove_part.sh.

PROVE_PARTS=${PROVE_PARTS:-$SAFARGO_ROOT/scripts/prove}
PROVE_HOME=${PROVE_HOME:-$SAFARGO_STATE/prove}
PROVE_RUNNING= # the part that runs

part_names() { (cd "$PROVE_PARTS" && printf '%s\n' *.sh | sed 's/\.sh$//'); }
prove_has() { part_names | grep -qxF -- "$1"; }
part_what() { sed -n '2s/^# *//p' "$PROVE_PARTS/$1.sh"; }
part_takes() { sed -n '3s/^# takes: *//p' "$PROVE_PARTS/$1.sh"; }

list_parts() {
    local part
    for part in $(part_names); do printf '%-13s %-12s %s\n' "$part" "$(part_takes "$part")" "$(part_what "$part")"; done
}

# alone: two runs at once would measure each other.
alone() {
    mkdir -p "$PROVE_HOME"
    exec 9>"$PROVE_HOME/lock"
    flock -n 9 || die "another ./safargo prove is running in this clone"
}

# begin_report PART...: the folder of this run, and which parts it will contain.
begin_report() {
    PROVE_RUN=$PROVE_HOME/$(date -u +%Y-%m-%dT%H-%M-%S)
    PROVE_STARTED=$(date -u +%FT%TZ) PROVE_BEGAN=$SECONDS
    mkdir -p "$PROVE_RUN"
    printf '%s\n' "$@" >"$PROVE_RUN/wanted"
    : >"$PROVE_RUN/rows"
    export PROVE_RUN PROVE_FACTS PROVE_FOLDER
    # shellcheck disable=SC2034  # steps.sh: the steps of this command keep their logs beside its report
    SAFARGO_LOGS=$PROVE_RUN
}

# add_row PART STATUS SECONDS [WHY]: a line of JSON; facts are what the part reported.
add_row() {
    jq -n -c --arg part "$1" --arg status "$2" --argjson seconds "$3" --arg why "${4:-}" --arg what "$(part_what "$1")" \
        --rawfile facts <(cat "$PROVE_RUN/$1/facts" 2>/dev/null) \
        '{part: $part, status: $status, seconds: $seconds, what: $what} + (if $why == "" then {} else {why: $why} end) +
         {facts: ($facts | split("\n") | map(select(. != "") | split("\t") | {name: .[0], value: .[1]})), log: ($part + ".log")}' \
        >>"$PROVE_RUN/rows"
}

prove_part() {
    local status=0 began=$SECONDS log=$PROVE_RUN/$1.log
    PROVE_FOLDER=$PROVE_RUN/$1 PROVE_FACTS=$PROVE_RUN/$1/facts PROVE_RUNNING=$1
    mkdir -p "$PROVE_FOLDER"
    say "  $1: $(part_what "$1") (takes $(part_takes "$1"))"
    try_step "$1" "$1" bash "$PROVE_PARTS/$1.sh" || status=$?
    PROVE_RUNNING=
    case $status in
        0) add_row "$1" passed $((SECONDS - began)) ;;
        77) add_row "$1" skipped $((SECONDS - began)) "$(last_line "$log")" ;;
        *)
            add_row "$1" failed $((SECONDS - began)) "status $status: $(last_line "$log")"
            show_tail "$log" 15
            ;;
    esac
}

# finish_report: also after an interrupted run; parts not reached are named.
finish_report() {
    local part
    [ ! -e "$PROVE_RUN/report.json" ] || return 0
    [ -z "$PROVE_RUNNING" ] || add_row "$PROVE_RUNNING" failed 0 "interrupted"
    while IFS= read -r part; do
        grep -qF "{\"part\":\"$part\"," "$PROVE_RUN/rows" || add_row "$part" skipped 0 "not reached: the run was interrupted"
    done <"$PROVE_RUN/wanted"
    jq -s --arg started "$PROVE_STARTED" --argjson seconds $((SECONDS - PROVE_BEGAN)) --arg commit "$(proved_commit)" \
        --arg system "$(proved_system)" \
        'def count(s): map(select(.status == s)) | length;
         {started: $started, seconds: $seconds, commit: $commit, system: $system, parts: .,
          passed: count("passed"), failed: count("failed"), skipped: count("skipped")}' "$PROVE_RUN/rows" >"$PROVE_RUN/report.json"
    jq -r --arg folder "$PROVE_RUN" -f "$SAFARGO_ROOT/scripts/lib/prove_report.jq" "$PROVE_RUN/report.json" >"$PROVE_RUN/report.txt"
    rm -f "$PROVE_RUN/wanted" "$PROVE_RUN/rows"
}

proved_commit() {
    git -C "$SAFARGO_ROOT" describe --always --dirty=" with changes that are not committed" --exclude '*' 2>/dev/null || printf unknown
}

proved_system() {
    # shellcheck source=/dev/null
    (. /etc/os-release && printf '%s, %s cores, %s GB of memory' "$PRETTY_NAME" "$(nproc)" \
        "$(awk '/^MemTotal/ { print int($2 / 1048576 + 0.5) }' /proc/meminfo)")
}

report_is_good() { jq -e '.failed == 0 and .passed > 0' "$PROVE_RUN/report.json" >/dev/null; }
