# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

events() { bash "$SAFARGO_ROOT/scripts/checks/events.sh" "$PWD"; }

# source_file PATH LINE...
source_file() {
    local path=$1
    shift
    mkdir -p "$(dirname "$path")"
    printf '%s\n' "$@" >>"$path"
}

declare_kinds() {
    source_file features/bookings/events.hpp 'inline const db::EventKind booking_changed{"booking.changed"};' \
        'inline const db::EventKind cash_due{"booking.cash_due", db::Listeners::one};'
}

test_declared_kinds_and_own_names_are_good() {
    declare_kinds
    source_file features/trips/watcher.cpp 'return {.name = "trips.watcher",' \
        '.handlings = {{"booking.changed", [this](db::OutboxMessage m) { return look(std::move(m)); }}}};'
    events
}

test_a_handler_without_owner_is_named() {
    declare_kinds
    source_file features/trips/watcher.cpp '{{"booking.changd", [this](db::OutboxMessage m) { return look(m); }}}'
    expect "$(events || :)" './features/trips/watcher.cpp:1: handles booking.changd, which is not declared'
    expect_failure events
}

test_a_kind_has_one_owner() {
    declare_kinds
    source_file features/trips/events.hpp 'inline const db::EventKind changed{"booking.changed"};'
    expect_failure events
}

test_a_kind_belongs_to_a_feature() {
    source_file jobs/events.hpp 'inline const db::EventKind done{"job.done"};'
    expect_failure events
}

test_a_subscription_is_named_after_its_feature() {
    source_file features/trips/watcher.cpp 'return {.name = "bookings.watcher",'
    expect "$(events || :)" './features/trips/watcher.cpp:1: the subscription bookings.watcher stands in trips'
    expect_failure events
}

test_a_sample_declares_and_listens_as_a_feature_does() {
    mkdir src
    source_file samples/features/notes/events.hpp 'inline const db::EventKind note_added{"note.added"};'
    source_file samples/features/notes/watcher.cpp '.name = "notes.watcher",' '{{"note.added", [this](db::OutboxMessage m) { return look(m); }}}'
    (cd src && events)
    cp -r samples/features src/ # copied by somebody who learns: the kind is still declared once
    (cd src && events)
    source_file samples/features/words/watcher.cpp '.name = "notes.watcher",'
    cd src
    expect "$(events || :)" '../samples/features/words/watcher.cpp:1: the subscription notes.watcher stands in words'
}
