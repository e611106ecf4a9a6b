#!/usr/bin/env bash
# The PostgreSQL servers of the bench: one for each world, durable, kept and used again while its trips are young.
#   worlds.sh start TRIPS SEED   builds the world if it is missing, starts its server; the last line is its folder
#   worlds.sh stop FOLDER        worlds.sh stop-all        worlds.sh remove-all
# shellcheck source=scripts/lib/front_door.sh
. "$(dirname -- "$(readlink -f -- "$0")")/../scripts/lib/front_door.sh"

WORLD_HOURS=12 # older ones are rebuilt: their first trips have left, and the API would be busy closing them

worlds_dir() { printf '%s/bench/worlds' "$(clusters_dir)"; }

PEERS_TABLES=$SAFARGO_ROOT/bench/peers/prepare.sql # what the peers need of a world in a form of their own

# world_hash: of the schema and of everything that is loaded or derived when a world is built.
world_hash() {
    (cd "$SAFARGO_DATABASE" &&
        cat schema.sql migrations/*.sql data/*.csv "$PEERS_TABLES" "$SAFARGO_ROOT/bench/pgbench/prepare_booking.sql") |
        sha256sum | cut -c1-12
}

world_url() { printf 'postgresql://postgres@127.0.0.1:%s/world' "$(cluster_port "$1")"; }

api() {
    SAFARGO_ENV=development BIND=127.0.0.1 DATABASE_URL=$(world_url "$1") JWT_SECRET=$(random_hex 48) \
        SAFARGO_DATA_DIR=$SAFARGO_DATABASE/data "$(api_binary)" "${@:2}"
}

# Loading need not survive a power cut, measuring must: before it begins, fsync is on again and everything is on disk.
set_fsync() {
    cluster_sql "$1" postgres -c "alter system set fsync = $2" -c "select pg_reload_conf()" >/dev/null
}

# The last line of the log names the step: with large worlds, these silent statements take minutes.
seed_and_prepare() { # HOME TRIPS SEED
    api "$1" migrate --dir "$SAFARGO_DATABASE/migrations" && api "$1" seed --world "$2" --seed "$3" &&
        say "the tables of the peers" && psql -X -q -v ON_ERROR_STOP=1 -d "$(world_url "$1")" -f "$PEERS_TABLES" &&
        say "vacuum" && cluster_sql "$1" world -c "vacuum (freeze, analyze)"
}

fill_world() { # HOME TRIPS SEED
    cluster_start "$1" && set_fsync "$1" off && cluster_sql "$1" postgres -c "create database world" &&
        seed_and_prepare "$@" && set_fsync "$1" on &&
        say "to the disk" && sync && cluster_sql "$1" postgres -c checkpoint
}

# remove_versions TRIPS SEED: of this world, as built from an earlier schema or earlier data; a large one takes gigabytes.
remove_versions() {
    local home
    for home in "$(worlds_dir)/$1-$2"-*; do [ ! -d "$home" ] || cluster_remove "$home"; done
}

make_world() { # HOME TRIPS SEED
    remove_versions "$2" "$3" && cluster_create "$1" bench && fill_world "$@" && date +%s >"$1/made"
}

is_young() {
    local made
    made=$(cat "$1/made" 2>/dev/null) && [ $(($(date +%s) - made)) -lt $((WORLD_HOURS * 3600)) ]
}

start_world() { # TRIPS SEED
    local home
    home=$(worlds_dir)/$1-$2-$(world_hash)
    if ! is_young "$home"; then run_step "world of $1 trips" "bench-world-$1" "see the log" make_world "$home" "$1" "$2" >&2; fi
    # always restarted, so that no run inherits what the server did before
    cluster_stop "$home" && cluster_start "$home" >&2
    say "$home"
}

# each_world FUNCTION: a folder that make_world did not create is never touched.
each_world() {
    local home
    for home in "$(worlds_dir)"/*-*-*; do [ ! -d "$home/data" ] || "$1" "$home"; done
}

checked() { case $1 in "$(worlds_dir)"/*-*-*) printf '%s' "$1" ;; *) die "not a world of the bench: $1" ;; esac; }

case "${1:-} $#" in
    'start 3') start_world "$2" "$3" ;;
    'stop 2')
        home=$(checked "$2")
        cluster_stop "$home"
        ;;
    'stop-all 1') each_world cluster_stop ;;
    'remove-all 1') each_world cluster_remove ;;
    *) usage_error "worlds.sh start TRIPS SEED | stop FOLDER | stop-all | remove-all" ;;
esac
