# shellcheck shell=bash
# Long steps: output goes to a log, the screen shows one line with the elapsed time. A terminal also sees the
# log's last line live; a pipe gets a progress line now and then.

STEP_PID=
STEP_QUIET_SECONDS=20

stop_step() {
    [ -z "$STEP_PID" ] || stop_trees "$STEP_PID"
    STEP_PID=
}
on_exit stop_step

# last_line LOG: what the step printed last (ninja's [n/m] and apt's lines serve as percentage).
last_line() { tail -c 600 "$1" 2>/dev/null | tr '\r' '\n' | sed 's/\x1b\[[0-9;]*[A-Za-z]//g' | awk 'NF { line = $0 } END { print line }'; }

step_columns() {
    local columns=${COLUMNS:-}
    [ -n "$columns" ] || columns=$(stty size 2>/dev/null </dev/tty | awk '{ print $2 }')
    printf '%s' "${columns:-80}"
}

show_progress() {
    local label=$1 log=$2 elapsed=$3 text
    if [ -t 1 ]; then
        text="  $label ${elapsed}s  $(last_line "$log")"
        printf '\r\e[K%s' "${text:0:$(($(step_columns) - 1))}"
    elif [ "$elapsed" -gt 0 ] && [ $((elapsed % STEP_QUIET_SECONDS)) -eq 0 ] && [ "$elapsed" != "$STEP_SHOWN" ]; then
        STEP_SHOWN=$elapsed
        printf '  ...   %s %ss  %.100s\n' "$label" "$elapsed" "$(last_line "$log")"
    fi
}

# try_step LABEL LOGNAME COMMAND...: runs it and returns its exit status. The command runs in its own process
# group so that Ctrl-C can end all of it, and without the lock (descriptor 9), which daemons must not inherit. Status 77 means
# that it cannot be done on this machine.
try_step() {
    local label=$1 log=$SAFARGO_LOGS/$2.log started=$SECONDS status=0
    shift 2
    mkdir -p "$SAFARGO_LOGS"
    STEP_SHOWN=0
    set -m
    ("$@") >"$log" 2>&1 </dev/null 9>&- &
    STEP_PID=$!
    set +m
    while kill -0 "$STEP_PID" 2>/dev/null; do
        show_progress "$label" "$log" $((SECONDS - started))
        sleep 0.1
    done
    wait "$STEP_PID" || status=$?
    STEP_PID=
    [ ! -t 1 ] || printf '\r\e[K'
    case $status in
        0) passed "$label ($((SECONDS - started)) s)" ;;
        77) skipped "$label: $(last_line "$log")" ;;
        *) failed "$label ($((SECONDS - started)) s)" ;;
    esac
    return "$status"
}

# run_step LABEL LOGNAME ADVICE COMMAND...: like try_step, but a failure ends the command with the log and the advice.
run_step() {
    local label=$1 name=$2 advice=$3
    shift 3
    if ! try_step "$label" "$name" "$@"; then
        show_tail "$SAFARGO_LOGS/$name.log" 30
        die "$label failed; the whole output is in $SAFARGO_LOGS/$name.log" "$advice"
    fi
}

# take_lock NAME: one such command at a time in this clone; waits for the other one.
take_lock() {
    mkdir -p "$SAFARGO_STATE"
    exec 9>"$SAFARGO_STATE/$1.lock"
    flock -n 9 && return 0
    say "another ./safargo is running in this clone; waiting for it"
    flock -w 3600 9 || die "the other ./safargo did not finish within an hour"
}
