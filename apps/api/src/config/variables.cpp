#include "config/variables.hpp"

#include <array>

namespace safargo {
namespace {

constexpr unsigned a_million = 1'000'000;

constexpr Rule whole_number(unsigned min, unsigned max) {
    return {Kind::whole_number, min, max};
}

constexpr Rule secret_of(unsigned bytes) {
    return {Kind::secret, bytes};
}

constexpr Defaults everywhere(std::string_view value, std::string_view words = {}) {
    return {{value, words}, {value, words}};
}

constexpr std::array variables{
    // Which environment, and its secrets
    Variable{.name = "SAFARGO_ENV",
             .target = &Config::environment,
             .rule = {Kind::environment},
             .fallback = everywhere("$NODE_ENV"),
             .meaning = "`development` allows the sandbox payments and the local outbox, and binds loopback only; "
                        "`staging` runs as `production`"},
    Variable{.name = "NODE_ENV", .fallback = everywhere("production"), .meaning = "read if `SAFARGO_ENV` is not set"},
    Variable{.name = "DATABASE_URL",
             .target = &Config::database_url,
             .rule = {Kind::database_url},
             .secret = true,
             .required = true,
             .meaning = "PostgreSQL 15 to 17, database in C.UTF-8"},
    Variable{
        .name = "DATABASE_DIRECT_URL",
        .target = &Config::database_direct_url,
        .rule = {Kind::database_url},
        .secret = true,
        .fallback = everywhere("$DATABASE_URL"),
        .meaning = "for LISTEN, migrations and the search feed when `DATABASE_URL` points to a transaction pooler"},
    Variable{.name = "JWT_SECRET",
             .target = &Config::jwt_secret,
             .rule = secret_of(32),
             .secret = true,
             .required = true,
             .meaning = "signs access tokens, other keys derive from it"},
    Variable{.name = "JWT_SECRET_PREVIOUS",
             .target = &Config::jwt_secret_previous,
             .rule = secret_of(32),
             .secret = true,
             .meaning =
                 "the second secret during a rotation of `JWT_SECRET`: everything made with it is accepted. [How "
                 "to rotate](#rotating-jwt_secret)"},
    Variable{.name = "BOARDING_SIGNING_KEY",
             .target = &Config::boarding_signing_key,
             .rule = {Kind::signing_key, 64},
             .secret = true,
             .fallback = everywhere("", "derived from `JWT_SECRET`"),
             .meaning = "the Ed25519 seed of boarding codes. It cannot be rotated: codes issued before it was set or "
                        "replaced are refused"},
    Variable{.name = "METRICS_TOKEN",
             .target = &Config::metrics_token,
             .rule = secret_of(16),
             .secret = true,
             .meaning = "bearer token of `/metrics`; without it only loopback may read, and no request with a proxy "
                        "header (`X-Forwarded-*`, `Forwarded`, `Via`, …)"},
    // Network and access limits
    Variable{.name = "BIND",
             .target = &Config::bind,
             .rule = {Kind::listening_address},
             .fallback = {{"0.0.0.0"}, {"127.0.0.1"}},
             .meaning = "the listening address; development binds loopback only"},
    Variable{.name = "PORT",
             .target = &Config::port,
             .rule = whole_number(0, 65535),
             .fallback = everywhere("3000"),
             .meaning = "0: any free port"},
    Variable{.name = "THREADS",
             .target = &Config::threads,
             .rule = whole_number(1, 64),
             .fallback = everywhere("", "the cgroup's CPU quota"),
             .meaning = "HTTP threads"},
    Variable{.name = "DB_POOL_SIZE",
             .target = &Config::db_pool_size,
             .rule = whole_number(1, 1000),
             .fallback = everywhere("10"),
             .meaning = "database connections of all HTTP threads; each thread has at least 2. [All connections of the "
                        "process](#connections-to-postgresql)"},
    Variable{.name = "PUBLIC_URL",
             .target = &Config::public_url,
             .rule = {Kind::origin},
             .fallback = {{}, {"http://127.0.0.1:$PORT"}},
             .meaning = "public address of the API: scheme, host and port"},
    Variable{.name = "WEB_URL",
             .target = &Config::web_url,
             .rule = {Kind::origin},
             .fallback = {{}, {"http://127.0.0.1:3001"}},
             .meaning = "public address of the web site: scheme, host and port"},
    Variable{.name = "CORS_ORIGINS",
             .target = &Config::cors_origins,
             .rule = {Kind::origins},
             .fallback = everywhere("", "`WEB_URL`"),
             .meaning = "origins that may read responses in a browser; none in production if neither is set. In "
                        "development `localhost` and `127.0.0.1` are the same"},
    Variable{.name = "TRUSTED_PROXIES",
             .target = &Config::trusted_proxies,
             .rule = {Kind::networks},
             .meaning = "proxies whose `X-Forwarded-For` is trusted"},
    Variable{.name = "CONNECTIONS_PER_CLIENT",
             .target = &Config::connections_per_client,
             .rule = whole_number(1, a_million),
             .fallback = everywhere("200"),
             .meaning = "open HTTP connections of one address (IPv6: one /64); more are answered 429. Trusted proxies "
                        "are exempt, and loopback in development"},
    Variable{.name = "RATE_LIMIT_IP",
             .target = &Config::rate_limit_ip,
             .rule = whole_number(1, a_million),
             .fallback = everywhere("600"),
             .meaning = "requests a minute per address; loopback is exempt in development"},
    Variable{.name = "RATE_LIMIT_USER",
             .target = &Config::rate_limit_user,
             .rule = whole_number(1, a_million),
             .fallback = everywhere("300"),
             .meaning = "requests a minute per account"},
    Variable{.name = "OTP_IP_LIMIT",
             .target = &Config::otp_ip_limit,
             .rule = whole_number(1, a_million),
             .fallback = everywhere("30"),
             .meaning = "one-time codes per address in 5 minutes"},
    // Business rules
    Variable{.name = "KYC_REQUIRED",
             .target = &Config::kyc_required,
             .rule = {Kind::on_off},
             .fallback = {{"on"}, {"off"}},
             .meaning = "publishing needs approved documents"},
    Variable{.name = "TRIP_START_WINDOW",
             .target = &Config::trip_start_window,
             .rule = {Kind::duration},
             .fallback = {{"2h"}, {"", "any time"}},
             .meaning = "how long before departure a trip may start. Where it is set, the money of a ride that ends "
                        "before a third of its planned time is held for `DISPUTE_WINDOW`"},
    Variable{.name = "SETTLEMENT_DELAY",
             .target = &Config::settlement_delay,
             .rule = {Kind::duration},
             .fallback = {{"24h"}, {"0"}},
             .meaning = "time between the end of a ride and the capture of its payment"},
    Variable{.name = "CONTEST_WINDOW",
             .target = &Config::contest_window,
             .rule = {Kind::duration},
             .fallback = everywhere("24h"),
             .meaning = "how long after a no-show report the other side may contest it; the money is held until then"},
    Variable{.name = "DISPUTE_WINDOW",
             .target = &Config::dispute_window,
             .rule = {Kind::duration},
             .fallback = everywhere("48h"),
             .meaning = "how long after a ride is completed either side may open a dispute"},
    Variable{.name = "TRIPS_PER_DAY",
             .target = &Config::trips_per_day,
             .rule = whole_number(1, 1000),
             .fallback = everywhere("4"),
             .meaning = "trips a driver may have on one departure day"},
    Variable{.name = "PUBLICATIONS_PER_DAY",
             .target = &Config::publications_per_day,
             .rule = whole_number(1, a_million),
             .fallback = {{"8"}, {"", "any number"}},
             .meaning = "trips a driver may publish on one day, cancelled ones included"},
    Variable{.name = "OTP_DAILY_LIMIT",
             .target = &Config::otp_daily_limit,
             .rule = whole_number(1, a_million),
             .fallback = {{"10"}, {"", "any number"}},
             .meaning = "one-time codes per identifier and day"},
    // Runtime
    Variable{.name = "DRAIN_DELAY",
             .target = &Config::drain_delay,
             .rule = {Kind::duration},
             .fallback = everywhere("5s"),
             .meaning = "how long a stopping process keeps accepting; longer than the load balancer's deregistration"},
    Variable{.name = "SAFARGO_DATA_DIR",
             .target = &Config::data_dir,
             .fallback = everywhere("packages/database/data"),
             .meaning = "wilayas, communes, places, roads"},
    Variable{.name = "LOG_LEVEL",
             .target = &Config::log_level,
             .rule = {Kind::log_level},
             .fallback = everywhere("info"),
             .meaning = "minimum level of log lines"},
};

}  // namespace

Variables known_variables() {
    return variables;
}

}  // namespace safargo
