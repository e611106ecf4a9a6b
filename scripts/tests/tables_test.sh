# shellcheck shell=bash
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../lib/front_door.sh"

tables() { bash "$SAFARGO_ROOT/scripts/checks/tables.sh" "$PWD"; }

# house: trips and users with an owner each, and a list that allows nothing yet
house() {
    ensure_node
    mkdir -p apps/api/src/features/{trips,users} packages/database docs
    printf 'CREATE TABLE public.trips (\n);\nCREATE TABLE public.users (\n);\n' >packages/database/schema.sql
    echo 'trips  offers of seats' >apps/api/src/features/trips/tables.txt
    echo 'users  accounts' >apps/api/src/features/users/tables.txt
    printf '## Who owns which table\n| who | what | why |\n|---|---|---|\n' >docs/architecture.md
}

# source_file PATH <<CPP
source_file() { cat >"apps/api/src/$1"; }
allow() { echo "$1" >>docs/architecture.md; }

test_an_owner_reads_and_writes() {
    house
    source_file features/trips/repository.cpp <<'CPP'
constexpr db::Statement save{"trip_save", R"(
    update trips set seats = $2
    where id = $1 and exists (select from trips t where t.id = $1))"};
CPP
    tables
}

test_a_foreign_write_fails() {
    house
    source_file features/trips/repository.cpp <<'CPP'
constexpr db::Statement count{"count", R"(
    update
        users set trips = trips + 1 where id = $1)"};
CPP
    allow "| \`features/trips\` | reads \`users\` | beside each trip |"
    local written="apps/api/src/features/trips/repository.cpp:1: features/trips writes users, a table of features/users"
    expect "$(tables | head -n 1)" "$written: ask its service"
    expect_failure tables
}

test_a_foreign_read_fails_until_it_is_reviewed() {
    house
    source_file features/trips/repository.cpp <<'CPP'
const std::string sql = "select " + std::string(columns) +
                        " from trips t join users u on u.id = t.driver_id";
CPP
    expect_failure tables
    allow "| \`features/trips\` | reads \`users\` | beside each trip |"
    tables
    allow "| \`features/users\` | reads \`trips\` | nobody does |"
    expect "$(tables)" 'docs/architecture.md: "features/users reads trips" is not needed any more: delete it'
}

test_a_computed_name_cannot_be_written_to() {
    house
    echo 'const std::string sql = fmt::format("update {} set seats = 0", table);' | source_file features/trips/trips.cpp
    expect_failure tables
}

test_a_macro_is_read_where_it_stands() {
    house
    printf '#define WITH_DRIVER \\\n    "select t.id " COLUMNS  \\\n    "from trips t, users u "\n' |
        source_file features/trips/rows.hpp
    expect_failure tables
}

test_a_table_without_owner_fails() {
    house
    printf 'CREATE TABLE public.orphans (\n);\n' >>packages/database/schema.sql
    expect "$(tables)" "packages/database/schema.sql: orphans has no owner: declare it in the tables.txt of the folder that writes it"
    expect_failure tables
}

test_a_table_has_one_owner_and_exists() {
    house
    printf 'users  mine, too\nmissing  nothing\n' >>apps/api/src/features/trips/tables.txt
    expect "$(tables | wc -l)" 2
    expect_failure tables
}

test_a_trigger_that_writes_a_foreign_table_is_reviewed() {
    house
    cat >>packages/database/schema.sql <<'SQL'
CREATE FUNCTION public.count_trips() RETURNS trigger LANGUAGE plpgsql AS $$
begin update users set trips = trips + 1 where id = new.driver_id; return null; end $$;
CREATE TRIGGER counted AFTER INSERT OR UPDATE ON public.trips FOR EACH ROW EXECUTE FUNCTION public.count_trips();
SQL
    expect_failure tables
    allow "| trigger \`count_trips\` | writes \`users\` | nobody forgets it |"
    tables
}

test_tests_and_comments_may_name_any_table() {
    house
    echo 'const char* sql = "delete from users";' | source_file features/trips/trips_test.cpp
    echo '// "delete from users"' | source_file features/trips/trips.cpp
    tables
}

test_a_sample_owns_what_its_migration_makes_until_it_is_a_feature() {
    house
    mkdir -p apps/api/samples/{features/notes,migrations}
    echo 'create table notes (id uuid);' >apps/api/samples/migrations/202601010000_create_notes.sql
    expect_failure tables
    echo 'notes  what people write down' >apps/api/samples/features/notes/tables.txt
    echo 'constexpr db::Statement sql{"note", "select 1 from notes, users"};' >apps/api/samples/features/notes/notes.cpp
    expect "$(tables | head -c 60)" "apps/api/samples/features/notes/notes.cpp:1: features/notes "
    rm apps/api/samples/features/notes/notes.cpp
    tables
    cp -r apps/api/samples/features/notes apps/api/src/features/
    expect "$(tables)" "apps/api/src/features/notes/tables.txt:1: there is no table notes in packages/database/schema.sql (renewed by ./safargo migrate --write-schema)"
}
