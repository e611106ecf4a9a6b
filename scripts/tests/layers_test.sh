# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

layers() { bash "$SAFARGO_ROOT/scripts/checks/layers.sh" "$PWD"; }

# file PATH INCLUDED...: a source that includes these
file() {
    local path=$1 target
    shift
    mkdir -p "$(dirname "$path")"
    for target in "$@"; do printf '#include "%s"\n' "$target"; done >>"$path"
}

test_downward_and_own_includes_are_good() {
    file core/a.hpp core/b.hpp
    file features/trips/routes.cpp core/a.hpp db/pool.hpp http/router.hpp features/trips/service.hpp
    file app/main.cpp features/trips/routes.hpp jobs/runner.hpp adapters/local/mail.hpp
    layers
}

test_an_upward_include_is_named() {
    file core/a.hpp db/pool.hpp
    expect "$(layers || :)" './core/a.hpp:1: includes "db/pool.hpp": core must not know db'
    expect_failure layers
}

test_neighbours_do_not_know_each_other() {
    file adapters/local/mail.cpp features/trips/service.hpp
    expect_failure layers
}

test_features_stand_on_the_platform_and_know_no_jobs() {
    file features/trips/module.hpp platform/module.hpp platform/platform.hpp
    file jobs/schedule.hpp platform/job.hpp
    layers
    file features/trips/module.cpp jobs/schedule.hpp
    expect_failure layers
}

test_the_platform_knows_no_feature() {
    file platform/platform.hpp features/trips/types.hpp
    expect_failure layers
}

test_jobs_know_no_feature() {
    file jobs/standard_jobs.cpp features/bookings/module.hpp
    expect_failure layers
}

test_features_meet_through_their_service() {
    file features/bookings/module.hpp features/trips/module.hpp
    file features/bookings/service.cpp features/trips/service.hpp features/trips/types.hpp features/trips/events.hpp
    layers
    file features/bookings/service.cpp features/trips/repository.hpp
    expect_failure layers
}

test_tests_may_include_anything_and_only_tests_include_the_test_folder() {
    file core/a_test.cpp app/main.hpp testing/database.hpp
    layers
    file core/a.cpp testing/database.hpp
    expect_failure layers
}

test_a_folder_outside_the_order_is_refused() {
    file utilities/a.cpp core/a.hpp
    expect_failure layers
}

test_a_bare_include_is_refused() {
    file core/a.cpp a.hpp
    expect_failure layers
}

test_a_sample_obeys_as_a_feature_does() {
    mkdir src
    file samples/features/notes/module.cpp features/notes/routes.hpp platform/module.hpp
    (cd src && layers)
    file samples/features/notes/module.cpp features/trips/repository.hpp
    (cd src && expect_failure layers)
}
