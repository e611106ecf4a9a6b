# shellcheck shell=bash
# What the build gathers from core and the features (apps/api/cmake/declared.cmake).
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

# small_project: core declares one code, trips a code with a text that is hard to write down
small_project() {
    mkdir -p messages src/core src/features/trips/messages
    printf '%s\n' 'cmake_minimum_required(VERSION 3.25)' 'project(small LANGUAGES NONE)' \
        "include($SAFARGO_API_SOURCE/cmake/declared.cmake)" >CMakeLists.txt
    printf '%s\n' '// of all; "quoted" [and' '' 'SAFARGO_CODE(timeout, 504)' >src/core/declared.def
    printf '%s\n' 'SAFARGO_ID(Trip)' 'SAFARGO_CODE(full, 409)' 'SAFARGO_RULE(between, least, most)' \
        'SAFARGO_NOTIFICATION(moved, ride_changes, way)' >src/features/trips/declared.def
    local language
    for language in fr ar en; do
        printf '{"errors.timeout.title":"%s 1","errors.timeout.advice":"2"}\n' "$language" >messages/$language.json
        # shellcheck disable=SC2016  # a text that must not be expanded
        printf '{\n  "%s": "3",\n  "%s": "%s",\n  "%s": "5",\n  "%s": "6",\n  "%s": "7"\n}\n' errors.full.title errors.full.advice \
            '\"[é]; \\n\n${x}\"' rules.between notifications.moved.subject notifications.moved.text \
            >src/features/trips/messages/$language.json
    done
}

configure() { cmake -S . -B build 2>&1; }
generated() { tail -n +2 "build/generated/core/$1.def"; }

# refuses PATTERN: the configure ends and says so
refuses() {
    local said
    if said=$(configure); then
        echo "should have failed"
        return 1
    fi
    printf '%s\n' "$said"
    grep -q -E -- "$1" <<<"$said"
}

test_core_comes_first_and_all_is_written_down() {
    small_project
    configure
    expect "$(generated codes)" "$(printf 'SAFARGO_CODE(timeout, 504)\nSAFARGO_CODE(full, 409)')"
    expect "$(generated rules)" 'SAFARGO_RULE(between, "least", "most")'
    expect "$(generated ids)" 'SAFARGO_ID(Trip)'
    expect "$(generated notifications)" 'SAFARGO_NOTIFICATION(moved, ride_changes, "way")'
    # shellcheck disable=SC2016
    expect "$(generated texts | sed -n 1,2p)" "$(printf 'SAFARGO_TEXT("errors.full.advice",\n    "\\"[é]; \\\\n\\n${x}\\"",')"
    expect "$(generated texts | grep -c '"fr 1"')" 1
}

test_what_stays_as_it_is_is_not_written_again() {
    small_project
    configure
    touch -d '2 days ago' build/generated/core/*.def
    sed -i 's/"5"/"five"/' src/features/trips/messages/en.json
    configure
    expect "$(find build/generated/core -name '*.def' -mtime -1)" build/generated/core/texts.def
}

test_a_name_is_declared_once() {
    small_project
    echo 'SAFARGO_CODE(timeout, 408)' >>src/features/trips/declared.def
    refuses 'timeout is declared twice: in src/core/declared.def and in'
}

test_a_text_is_there_in_every_language_and_once() {
    small_project
    sed -i '/rules.between/d' src/features/trips/messages/ar.json
    refuses 'rules.between has no text in ar'
    small_project
    sed -i 's/rules.between/errors.timeout.title/' src/features/trips/messages/ar.json
    refuses 'src/features/trips/messages/ar.json: errors.timeout.title is there twice'
}

test_what_cannot_be_read_is_named() {
    small_project
    echo 'SAFARGO_CODE(Full 409)' >>src/features/trips/declared.def
    refuses 'cannot read "SAFARGO_CODE\(Full 409\)"'
    small_project
    echo '{' >messages/en.json
    refuses 'messages/en.json: '
}

test_a_notification_is_of_a_kind() {
    small_project
    sed -i 's/moved, ride_changes, way/moved/' src/features/trips/declared.def
    refuses 'src/features/trips/declared.def: moved is of no kind'
}

# sample_project: beside it a sample, which declares a code
sample_project() {
    small_project
    mkdir -p samples/features/notes/messages
    echo 'SAFARGO_CODE(too_many_notes, 409)' >samples/features/notes/declared.def
    local language
    for language in fr ar en; do
        printf '{"errors.too_many_notes.title":"8","errors.too_many_notes.advice":"9"}\n' >samples/features/notes/messages/$language.json
    done
}

test_samples_are_gathered_last_and_only_where_they_are_built() {
    sample_project
    configure
    expect "$(generated codes | grep -c notes)$(generated texts | grep -c notes)" 00
    cmake -S . -B build -DSAFARGO_SAMPLES=ON
    expect "$(generated codes | tail -n 1)" 'SAFARGO_CODE(too_many_notes, 409)'
    expect "$(generated texts | grep -c notes)" 2
}

test_a_sample_that_became_a_feature_is_gathered_once() {
    sample_project
    cp -r samples/features/notes src/features/
    cmake -S . -B build -DSAFARGO_SAMPLES=ON
    expect "$(generated codes | grep -c notes)" 1
}
