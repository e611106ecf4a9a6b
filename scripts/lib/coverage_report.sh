# shellcheck shell=bash
# Turns profiles into a report. Tests, their helpers, fuzzers and micro-benchmarks are not product code.

NO_PRODUCT_CODE='_(test|fuzz|bench)\.[ch]pp$|/testing/'

# llvm_cov VERB ARGUMENT...: clang's paths are relative to the build folder.
llvm_cov() {
    local verb=$1
    shift
    llvm-cov-19 "$verb" -compilation-dir="$(build_dir coverage)" -ignore-filename-regex="$NO_PRODUCT_CODE" "$@"
}

# merge_profiles OUT PROFILE...: a profile cut off by a crash does not spoil the others.
merge_profiles() { llvm-profdata-19 merge -sparse -failure-mode=all -o "$@"; }

# source_folder PROGRAM: where its sources are.
source_folder() {
    case $1 in
        src/*) printf 'apps/api/%s\n' "${1%/*}" ;;
        *) printf '%s\n' "${1%/*}" ;;
    esac
}

# reported_sources FILTER PROGRAM...: the folders of the programs; with all programs, everything.
reported_sources() {
    local filter=$1 program
    shift
    if [ "$filter" = . ]; then
        printf '%s\n' apps/api/src bench/load
    else
        for program in "$@"; do source_folder "$program"; done | sort -u
    fi | sed "s|^|$SAFARGO_ROOT/|"
}

# product_objects: compiled sources, since a program contains only what it needs of a library, and what no test reaches must
# count as uncovered. Those that a filtered build did not compile are left out.
product_objects() {
    ninja -C "$(build_dir coverage)" -t targets all 2>/dev/null |
        awk -F': ' '$2 ~ /^CXX_COMPILER__safargo/ { print $1 }' | grep -v -E '_testing\.dir/' |
        while IFS= read -r object; do [ ! -f "$(build_dir coverage)/$object" ] || printf '%s\n' "$object"; done
}

# coverage_objects PROGRAM...: -object for each compiled file; the programs add the templates that only tests use.
coverage_objects() {
    { printf '%s\n' "$@" && product_objects; } | sed "s|^|-object=$(build_dir coverage)/|"
}

# aimed_at PROGRAM: the files that a fuzzer says it is aimed at, as its includes would find them.
aimed_at() {
    local aim folder
    sed -n 's|^// Aimed at: ||p' "$SAFARGO_ROOT/$(source_folder "$1")/${1##*/}.cpp" | tr ' ' '\n' |
        while IFS= read -r aim; do
            for folder in "$SAFARGO_API_SOURCE/src" "$SAFARGO_ROOT/bench"; do
                [ ! -f "$folder/$aim" ] || printf '%s\n' "$folder/$aim"
            done
        done
}

# fuzzer_rows PROGRAM: name, inputs, and a line of aims.awk for each file it is aimed at.
fuzzer_rows() {
    local name=${1##*/} aims profile=$COVERAGE_PROFILES/${1##*/}.profdata
    mapfile -t aims < <(aimed_at "$1")
    merge_profiles "$profile" "$COVERAGE_PROFILES/$name.profraw" &&
        llvm_cov export -format=lcov -instr-profile="$profile" "$(build_dir coverage)/$1" -sources "${aims[@]}" |
        awk -f "$SAFARGO_ROOT/scripts/coverage/aims.awk" |
            sed "s|^|$name\t$(count_inputs "$name" "$FUZZ_INPUTS")\t|"
}

# all_fuzzer_rows PROGRAM...: of those that finished.
all_fuzzer_rows() {
    local program
    for program in "$@"; do
        if [ -f "$COVERAGE_PROFILES/${program##*/}.profraw" ]; then fuzzer_rows "$program"; fi
    done
}

results_json() {
    printf '{"passed":%d,"failed":%d,"skipped":%d}' "$(count_results passed)" "$(count_results failed)" "$(count_results skipped)"
}

# write_coverage FILTER PROGRAM...: .safargo/coverage/coverage.json, and html/ beside it.
write_coverage() {
    local programs=("${@:2}") sources objects profile=$COVERAGE_PROFILES/all.profdata jq_folder=$SAFARGO_ROOT/scripts/coverage
    mapfile -t sources < <(reported_sources "$@")
    mapfile -t objects < <(coverage_objects "${programs[@]}")
    merge_profiles "$profile" "$COVERAGE_PROFILES"/*.profraw &&
        llvm_cov export -summary-only -instr-profile="$profile" "${objects[@]}" -sources "${sources[@]}" |
        jq --arg root "$SAFARGO_ROOT/" -f "$jq_folder/summary.jq" >"$COVERAGE_HOME/summary.json" &&
        all_fuzzer_rows "${programs[@]}" |
        jq -R -s --arg root "$SAFARGO_ROOT/" -f "$jq_folder/fuzzers.jq" >"$COVERAGE_HOME/fuzzers.json" &&
        jq -s --argjson tests "$(results_json)" --arg html "$COVERAGE_HOME/html/index.html" \
            '.[0] + {fuzzers: .[1], tests: $tests, html: $html}' \
            "$COVERAGE_HOME/summary.json" "$COVERAGE_HOME/fuzzers.json" >"$COVERAGE_HOME/coverage.json" &&
        llvm_cov show -format=html -output-dir="$COVERAGE_HOME/html" -show-branches=count -show-instantiations=false \
            -instr-profile="$profile" "${objects[@]}" -sources "${sources[@]}"
}

# show_table HEADING PART
show_table() {
    heading "$1"
    jq -r --arg part "$2" -f "$SAFARGO_ROOT/scripts/coverage/rows.jq" "$COVERAGE_HOME/coverage.json" |
        awk -f "$SAFARGO_ROOT/scripts/coverage/table.awk"
}

show_coverage() {
    show_table "Covered by the unit tests and by the inputs of the fuzzers" folders
    show_table "Files with the most lines that never ran" worst
    if jq -e '.fuzzers != []' "$COVERAGE_HOME/coverage.json" >/dev/null; then
        show_table "Covered by the inputs of each fuzzer alone" fuzzers
    fi
    say ""
    say "  line by line: $COVERAGE_HOME/html/index.html"
}
