# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

messages() { bash "$SAFARGO_ROOT/scripts/checks/messages.sh" "$PWD"; }

# say LANGUAGE KEY TEXT: one more text of the feature trips
say() {
    local file=src/features/trips/messages/$1.json before
    mkdir -p "${file%/*}"
    before=$(sed '/^[{}]$/d' "$file" 2>/dev/null || :)
    printf '{\n%s  "%s": "%s"\n}\n' "${before:+$before,$'\n'}" "$2" "$3" >"$file"
}

# small_tree: a feature with a code, a rule, a notification and a text that its code says
small_tree() {
    mkdir -p src/features/trips src/core messages
    printf '%s\n' '// declares' 'SAFARGO_CODE(trip_full, 409)' 'SAFARGO_RULE(too_far, days)' \
        'SAFARGO_NOTIFICATION(trip_moved, ride_changes, way)' 'SAFARGO_ID(Trip)' >src/features/trips/declared.def
    say fr errors.trip_full.title "Complet" && say en errors.trip_full.title "Full" && say ar errors.trip_full.title "ممتلئة"
    say fr errors.trip_full.advice "L'autre." && say en errors.trip_full.advice "Another." && say ar errors.trip_full.advice "أخرى."
    say fr rules.too_far "{days, plural, one {# jour} other {# jours}}"
    say en rules.too_far "{days, plural, one {# day} other {# days}}"
    say ar rules.too_far "{days, plural, zero {#} one {يوم} two {يومان} few {# أيام} many {# يوما} other {# يوم}}"
    say fr notifications.trip_moved.subject "Horaire" && say en notifications.trip_moved.subject "Time" &&
        say ar notifications.trip_moved.subject "توقيت"
    say fr notifications.trip_moved.text "De {way}." && say en notifications.trip_moved.text "Of {way}." &&
        say ar notifications.trip_moved.text "رحلة {way}."
    say fr words.at "à" && say en words.at "at" && say ar words.at "على"
    echo 'auto at() { return plain_text("words.at", language); } // dès que possible' >src/features/trips/a.cpp
}

# faults COUNT PATTERN: the check fails with this many lines, one of which matches
faults() {
    local said
    if said=$(messages); then
        echo "should have failed"
        return 1
    fi
    printf '%s\n' "$said"
    grep -q -E -- "$2" <<<"$said"
    expect "$(wc -l <<<"$said")" "$1"
}

test_whole_catalogues_are_good() {
    small_tree
    expect "$(messages)" "6 texts in 3 languages"
}

test_a_missing_text_is_named() {
    small_tree
    sed -i '/errors.trip_full.advice/d' src/features/trips/messages/ar.json
    faults 1 '^src/features/trips/messages/ar.json: errors.trip_full.advice is missing$'
}

test_an_empty_text_is_missing_too() {
    small_tree
    sed -i 's/"Another."/" "/' src/features/trips/messages/en.json
    faults 1 'en.json: errors.trip_full.advice is empty'
}

test_languages_speak_of_the_same_and_of_what_is_declared() {
    small_tree
    sed -i 's/Of {way}/Of {road}/' src/features/trips/messages/en.json
    faults 2 'en.json: notifications.trip_moved.text speaks of "road value", another language of "way value"'
    sed -i 's/Of {road}/Of {way, select, other {}}/' src/features/trips/messages/en.json
    faults 1 'speaks of "way select"'
}

test_every_language_counts_in_its_own_way() {
    small_tree
    sed -i 's/ few {# أيام}//' src/features/trips/messages/ar.json
    faults 1 'ar.json: rules.too_far counts \{days\} by many, one, other, two, zero and not by few, '
}

test_what_cannot_be_read_is_named() {
    small_tree
    sed -i "s/De {way}/L'{way}/" src/features/trips/messages/fr.json
    faults 1 'notifications.trip_moved.text cannot be read: an apostrophe before'
    sed -i "s/L'{way}/{way/" src/features/trips/messages/fr.json
    faults 1 'cannot be read'
}

test_a_text_in_the_wrong_language_is_named() {
    small_tree
    sed -i 's/"على"/"at"/' src/features/trips/messages/ar.json
    faults 1 'ar.json: words.at is not in ar'
}

test_what_code_says_is_there_and_what_is_there_is_said() {
    small_tree
    echo 'auto in() { return format_text("words.in", language, {}); }' >>src/features/trips/a.cpp
    faults 1 '^src/features/trips/a.cpp:2: no catalogue has "words.in"$'
    : >src/features/trips/a.cpp
    faults 1 '^messages: words.at is said nowhere$'
}

test_no_words_in_the_code() {
    small_tree
    printf '%s\n' "constexpr auto sum = 10'000; // à deux" 'constexpr auto a = "à", b = R"(في)";' >>src/features/trips/a.cpp
    faults 2 '^src/features/trips/a.cpp:3: words for people belong into a catalogue: "à"$'
    mkdir -p src/geo && sed '1d' src/features/trips/a.cpp >src/geo/names.cpp
    sed -i '2,$d' src/features/trips/a.cpp
    messages
}

test_a_sample_speaks_as_a_feature_does_until_it_is_one() {
    small_tree
    mkdir -p samples/features
    mv src/features/trips samples/features/
    expect "$(messages)" "6 texts in 3 languages"
    cp -r samples/features/trips src/features/
    expect "$(messages)" "6 texts in 3 languages"
    rm -r src/features/trips
    sed -i '/errors.trip_full.advice/d' samples/features/trips/messages/ar.json
    faults 1 '^samples/features/trips/messages/ar.json: errors.trip_full.advice is missing$'
}
