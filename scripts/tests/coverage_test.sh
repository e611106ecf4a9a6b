# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"
for piece in coverage_runs coverage_report; do
    # shellcheck source=/dev/null
    . "$SAFARGO_ROOT/scripts/lib/$piece.sh"
done

# counted FILE COVERED COUNT: one file of llvm-cov's export, with the same figures for lines, functions and branches.
counted() {
    printf '{"filename":"%s","summary":{"lines":%s,"functions":%s,"branches":%s}}' "$1" \
        "{\"covered\":$2,\"count\":$3}" "{\"covered\":$2,\"count\":$3}" "{\"covered\":$2,\"count\":$3}"
}

# exported FILE...: as llvm-cov exports them
exported() { (IFS=, && printf '{"data":[{"files":[%s]}]}' "$*"); }

summary() { jq -c --arg root /clone/ -f "$SAFARGO_ROOT/scripts/coverage/summary.jq"; }

test_files_add_up_to_folders_and_a_total() {
    exported "$(counted /clone/apps/api/src/http/uri.cpp 5 10)" "$(counted /clone/apps/api/src/http/etag.cpp 10 10)" \
        "$(counted /clone/bench/load/mix.cpp 0 4)" "$(counted /clone/apps/api/src/main.cpp 0 6)" | summary >found
    expect "$(jq -c '[.folders[] | [.folder, .lines.covered, .lines.count, .lines.percent]]' found)" \
        '[["bench/load",0,4,0],["http",15,20,75],["src",0,6,0]]'
    expect "$(jq -c '.totals.branches' found)" '{"covered":15,"count":30,"percent":50}'
}

test_what_is_shown_as_whole_is_whole() {
    expect "$(exported "$(counted /clone/apps/api/src/a/b.cpp 9999 10000)" | summary | jq .totals.lines.percent)" 99.9
}

test_a_file_without_code_counts_for_nothing() {
    exported "$(counted /clone/apps/api/src/a/b.cpp 0 0)" "$(counted /clone/apps/api/src/c/d.hpp 1 1)" | summary >found
    expect "$(jq -c '[.files[].file, .folders[].folder]' found)" '["c/d.hpp","c"]'
}

test_lines_that_never_ran_are_told_as_ranges() {
    printf '%s\n' SF:/a.cpp DA:1,2 DA:2,0 DA:3,0 DA:5,0 DA:6,9 BRDA:2,0,0,- BRDA:6,0,0,9 BRDA:6,0,1,0 BRF:3 BRH:1 LF:5 LH:2 \
        end_of_record SF:/b.cpp DA:7,1 LF:1 LH:1 end_of_record >exported.txt
    expect "$(awk -f "$SAFARGO_ROOT/scripts/coverage/aims.awk" exported.txt)" \
        $'/a.cpp\t2\t5\t1\t3\t2-3 5\t6\n/b.cpp\t1\t1\t0\t0\t\t'
}

test_rows_of_fuzzers_become_objects() {
    printf 'x_fuzz\t7\t/clone/apps/api/src/a/b.cpp\t1\t2\t0\t0\t4-5\t\n' |
        jq -R -s --arg root /clone/ -f "$SAFARGO_ROOT/scripts/coverage/fuzzers.jq" >found
    expect "$(jq -c '.[] | [.fuzzer, .inputs, .file, .lines.percent, .branches.percent, .never_ran]' found)" \
        '["x_fuzz",7,"a/b.cpp",50,null,"4-5"]'
}

test_numbers_of_a_table_stand_right() {
    expect "$(printf 'name\tlines\tnotes\nlong one\t7\tx\nb\t12\t\n' | awk -f "$SAFARGO_ROOT/scripts/coverage/table.awk")" \
        $'  name      lines  notes\n  long one      7  x\n  b            12'
}

test_tests_and_their_helpers_are_no_product_code() {
    local file
    for file in http/uri_test.cpp features/trips/trip_world_test.hpp geo/csv_fuzz.cpp matching/grid_bench.cpp \
        testing/gate.cpp matching/testing/random_world.hpp; do
        grep -q -E -- "$NO_PRODUCT_CODE" <<<"/clone/apps/api/src/$file"
    done
    for file in http/uri.cpp features/trips/service.hpp app/testing_ground.cpp; do
        expect_failure grep -q -E -- "$NO_PRODUCT_CODE" <<<"/clone/apps/api/src/$file"
    done
}

test_a_filter_reports_the_folders_of_what_it_chose() {
    expect "$(reported_sources http src/http/http_test src/http/uri_fuzz bench/load/load_test)" \
        "$SAFARGO_ROOT/apps/api/src/http"$'\n'"$SAFARGO_ROOT/bench/load"
    expect "$(reported_sources . src/http/http_test)" "$SAFARGO_ROOT/apps/api/src"$'\n'"$SAFARGO_ROOT/bench/load"
}

test_found_inputs_come_only_when_asked_for() {
    SAFARGO_API_SOURCE=$PWD/api SAFARGO_STATE=$PWD/state
    mkdir -p api/fuzz/x_fuzz state/fuzz/x_fuzz/corpus
    touch api/fuzz/x_fuzz/{a,b} state/fuzz/x_fuzz/corpus/c
    expect "$(count_inputs x_fuzz committed) $(count_inputs x_fuzz found) $(count_inputs y_fuzz found)" "2 3 0"
}

test_every_fuzzer_names_files_it_is_aimed_at() {
    local source named
    find "$SAFARGO_API_SOURCE/src" "$SAFARGO_ROOT/bench/load" -name '*_fuzz.cpp' >sources
    [ -s sources ]
    while IFS= read -r source; do
        named=$(sed -n 's|^// Aimed at: ||p' "$source" | wc -w)
        [ "$named" -gt 0 ]
        source=${source#"$SAFARGO_ROOT/"}
        expect "$source $(aimed_at "${source%.cpp}" | wc -l)" "$source $named"
    done <sources
}
