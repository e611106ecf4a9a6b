# shellcheck shell=bash
# The development database: cluster <clusters_dir>/postgres, role and database "safargo", address in .safargo/env.

database_home() { printf '%s/postgres' "$(clusters_dir)"; }

# prepare_role HOME: the application is not a superuser; what only a superuser may create is created here.
prepare_role() {
    local home=$1 password
    [ ! -e "$home/prepared" ] || [ -z "$(env_get DATABASE_URL)" ] || return 0
    password=$(env_once SAFARGO_PG_PASSWORD random_hex 24)
    if [ -z "$(cluster_sql "$home" postgres -c "select 1 from pg_roles where rolname = 'safargo'")" ]; then
        cluster_sql "$home" postgres -c 'create role safargo login' || return 1
    fi
    printf "alter role safargo password '%s';\n" "$password" | cluster_sql "$home" postgres || return 1
    if [ -z "$(cluster_sql "$home" postgres -c "select 1 from pg_database where datname = 'safargo'")" ]; then
        cluster_sql "$home" postgres -c 'create database safargo owner safargo' || return 1
    fi
    cluster_sql "$home" safargo -c 'set client_min_messages = warning; create extension if not exists postgis' &&
        : >"$home/prepared"
}

start_database() {
    local home
    home=$(database_home)
    if [ ! -d "$home/data" ]; then cluster_create "$home" durable || return 1; fi
    if ! cluster_running "$home"; then cluster_start "$home" || return 1; fi
    prepare_role "$home"
}

# ensure_database: the cluster runs, and .safargo/env contains the address and the secrets of this clone.
ensure_database() {
    local home
    home=$(database_home)
    if ! cluster_running "$home" || [ ! -e "$home/prepared" ] || [ -z "$(env_get DATABASE_URL)" ]; then
        run_step "PostgreSQL" postgres "see ./safargo logs postgres and ./safargo doctor" start_database
    fi
    env_set DATABASE_URL "postgresql://safargo:$(env_get SAFARGO_PG_PASSWORD)@127.0.0.1:$(cluster_port "$home")/safargo"
    env_once JWT_SECRET random_hex 48 >/dev/null
}

# export_development_env: the environment of safargo-api on this clone's private database.
export_development_env() {
    export_systems_env
    export SAFARGO_ENV=development BIND=127.0.0.1 PORT SAFARGO_DATA_DIR=$SAFARGO_DATABASE/data DATABASE_URL JWT_SECRET
    PORT=$(api_port)
    DATABASE_URL=$(env_get DATABASE_URL)
    JWT_SECRET=$(env_get JWT_SECRET)
}

with_development_env() { (export_development_env && "$@"); }

migrate_database() { with_development_env "$(api_binary)" migrate --dir "$SAFARGO_DATABASE/migrations" "$@"; }

seed_database() { with_development_env "$(api_binary)" seed --demo; }

data_hash() {
    (cd "$SAFARGO_DATABASE" && find . -path "./data/*" -type f -print0 | sort -z | xargs -0 -r sha256sum) | sha256sum | cut -c1-32
}

# seed_mark: these files on this day; demo trips depart, so new ones are added each day.
seed_mark() { printf '%s %s' "$(data_hash)" "$(date -u +%F)"; }

# seed_once: loads the data and the demo unless this database already has today's. The mark is kept in the cluster's home
# and deleted with it.
seed_once() {
    local mark
    mark=$(database_home)/seeded
    if [ "$(cat "$mark" 2>/dev/null)" = "$(seed_mark)" ]; then return 0; fi
    run_step "Algeria and the demo" seed "see the log; ./safargo down --wipe --yes starts from an empty database" seed_database
    remember_demo_accounts
    seed_mark >"$mark"
}

# remember_demo_accounts: seed prints them last, after a line that starts with "Demo accounts".
remember_demo_accounts() {
    awk '/^[Dd]emo accounts/ { on = 1 } on' "$SAFARGO_LOGS/seed.log" >"$(database_home)/demo-accounts.txt"
}

show_demo_accounts() {
    local file
    file=$(database_home)/demo-accounts.txt
    [ ! -s "$file" ] || { say "" && cat "$file"; }
}
