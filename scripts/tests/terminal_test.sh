# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

test_a_picture_of_a_terminal_omits_progress_lines() {
    printf '%s\n' '' 'Getting <ready> & set' '  ok    API (1 s)' '  ...   build 20s  [1/2]' '' >out
    awk -f "$SAFARGO_ROOT/docs/images/terminal.awk" -v title='up & away' out >picture.svg
    grep -q 'font-weight="bold".*>Getting &lt;ready&gt; &amp; set</text>' picture.svg
    grep -q '</tspan>up &amp; away</text>' picture.svg
    grep -q '>ok</tspan>    API (1 s)</text>' picture.svg
    expect_failure grep -q 'build 20s' picture.svg
}
