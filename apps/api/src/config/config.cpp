#include "config/config.hpp"

#include "config/checks.hpp"
#include "config/cpu_quota.hpp"
#include "config/reader.hpp"

#include <cstdlib>

namespace safargo {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

Environment read_environment(VariableReader& variables) {
    const std::string name = variables.text("SAFARGO_ENV", variables.text("NODE_ENV", "production"));
    if (name == "development") return Environment::development;
    if (name != "production" && name != "staging")
        variables.refuse("SAFARGO_ENV", "must be production, staging or development");
    return Environment::production;
}

bool is_signing_key(std::string_view key) {
    const bool hexadecimal = key.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    return key.empty() || (key.size() == 64 && hexadecimal);
}

// In development a page opened as localhost and one opened as 127.0.0.1 are the same page.
std::vector<std::string> own_origins(const std::string& web_url, bool development) {
    if (web_url.empty()) return {};
    constexpr std::string_view number = "http://127.0.0.1", name = "http://localhost";
    if (development && web_url.starts_with(number)) return {web_url, std::string(name) + web_url.substr(number.size())};
    if (development && web_url.starts_with(name)) return {web_url, std::string(number) + web_url.substr(name.size())};
    return {web_url};
}

bool is_loopback(std::string_view address) {
    return address.starts_with("127.") || address == "::1";
}

void read_secrets(Config& config, VariableReader& variables) {
    variables.require("DATABASE_URL");
    variables.require("JWT_SECRET");
    config.database_url = variables.database_url("DATABASE_URL");
    config.database_direct_url =
        variables.optional("DATABASE_DIRECT_URL") ? variables.database_url("DATABASE_DIRECT_URL") : config.database_url;
    config.jwt_secret = variables.secret("JWT_SECRET", 32);
    config.jwt_secret_previous = variables.secret("JWT_SECRET_PREVIOUS", 32);
    if (is_signing_key(variables.text("BOARDING_SIGNING_KEY"))) {
        config.boarding_signing_key = variables.secret("BOARDING_SIGNING_KEY", 64);
    } else {
        variables.refuse("BOARDING_SIGNING_KEY", "must be 64 hexadecimal digits");
    }
    config.metrics_token = variables.secret("METRICS_TOKEN", 16);
}

void read_addresses(Config& config, VariableReader& variables) {
    constexpr std::string_view origin = "must be an origin such as https://safargo.com, without a path";
    constexpr std::string_view origins = "must be origins such as https://safargo.com, separated by commas";
    const bool local = config.development();
    config.bind = variables.checked("BIND", local ? "127.0.0.1" : "0.0.0.0", is_address, "must be an IP address");
    if (local && !is_loopback(config.bind)) variables.refuse("BIND", "development binds loopback only");
    config.port = static_cast<std::uint16_t>(variables.number("PORT", 3000, 0, 65535));
    const std::string own = "http://127.0.0.1:" + std::to_string(config.port);
    config.public_url = variables.checked("PUBLIC_URL", local ? own : "", is_origin, origin);
    config.web_url = variables.checked("WEB_URL", local ? "http://127.0.0.1:3001" : "", is_origin, origin);
    config.cors_origins = variables.list("CORS_ORIGINS", is_origin, origins);
    if (config.cors_origins.empty()) config.cors_origins = own_origins(config.web_url, local);
    config.trusted_proxies =
        variables.list("TRUSTED_PROXIES", is_network, "must be IP addresses or CIDR blocks, separated by commas");
}

void read_sizes(Config& config, VariableReader& variables) {
    config.threads = variables.number("THREADS", cpu_quota(), 1, 64);
    config.db_pool_size = variables.number("DB_POOL_SIZE", 10, 1, 1000);
    config.connections_per_client = variables.number("CONNECTIONS_PER_CLIENT", 200, 1, 1'000'000);
    config.rate_limit_ip = variables.number("RATE_LIMIT_IP", 600, 1, 1'000'000);
    config.rate_limit_user = variables.number("RATE_LIMIT_USER", 300, 1, 1'000'000);
    config.otp_ip_limit = variables.number("OTP_IP_LIMIT", 30, 1, 1'000'000);
    config.drain_delay = variables.duration("DRAIN_DELAY", seconds{5});
}

// Off in development unless somebody sets it.
std::optional<unsigned> daily(VariableReader& variables, const Config& config, std::string_view name, unsigned usual) {
    if (config.development() && !variables.optional(name)) return std::nullopt;
    return variables.number(name, usual, 1, 1'000'000);
}

void read_product(Config& config, VariableReader& variables) {
    config.kyc_required = variables.flag("KYC_REQUIRED", !config.development());
    const bool limited = !config.development() || variables.optional("TRIP_START_WINDOW");
    if (limited) config.trip_start_window = variables.duration("TRIP_START_WINDOW", hours{2});
    config.settlement_delay = variables.duration("SETTLEMENT_DELAY", config.development() ? seconds{0} : hours{24});
    config.contest_window = variables.duration("CONTEST_WINDOW", hours{24});
    config.dispute_window = variables.duration("DISPUTE_WINDOW", hours{48});
    config.trips_per_day = variables.number("TRIPS_PER_DAY", 4, 1, 1000);
    config.publications_per_day = daily(variables, config, "PUBLICATIONS_PER_DAY", 8);
    config.otp_daily_limit = daily(variables, config, "OTP_DAILY_LIMIT", 10);
    config.data_dir = variables.text("SAFARGO_DATA_DIR", "packages/database/data");
    config.log_level =
        variables.checked("LOG_LEVEL", "info", is_log_level, "must be trace, debug, info, warning, error or off");
}

}  // namespace

const std::vector<Variable>& known_variables() {
    static const std::vector<Variable> variables{
        {"SAFARGO_ENV"},
        {"NODE_ENV"},
        {"DATABASE_URL", true},
        {"DATABASE_DIRECT_URL", true},
        {"JWT_SECRET", true},
        {"JWT_SECRET_PREVIOUS", true},
        {"BOARDING_SIGNING_KEY", true},
        {"METRICS_TOKEN", true},
        {"BIND"},
        {"PORT"},
        {"THREADS"},
        {"DB_POOL_SIZE"},
        {"PUBLIC_URL"},
        {"WEB_URL"},
        {"CORS_ORIGINS"},
        {"TRUSTED_PROXIES"},
        {"CONNECTIONS_PER_CLIENT"},
        {"RATE_LIMIT_IP"},
        {"RATE_LIMIT_USER"},
        {"OTP_IP_LIMIT"},
        {"KYC_REQUIRED"},
        {"TRIP_START_WINDOW"},
        {"SETTLEMENT_DELAY"},
        {"CONTEST_WINDOW"},
        {"DISPUTE_WINDOW"},
        {"TRIPS_PER_DAY"},
        {"PUBLICATIONS_PER_DAY"},
        {"OTP_DAILY_LIMIT"},
        {"DRAIN_DELAY"},
        {"SAFARGO_DATA_DIR"},
        {"LOG_LEVEL"},
    };
    return variables;
}

std::expected<Config, std::vector<std::string>> read_config(const Lookup& lookup) {
    VariableReader variables(lookup);
    Config config;
    config.environment = read_environment(variables);
    read_secrets(config, variables);
    read_addresses(config, variables);
    read_sizes(config, variables);
    read_product(config, variables);
    if (!variables.problems().empty()) return std::unexpected(std::move(variables.problems()));
    return config;
}

Lookup process_environment() {
    return [](std::string_view name) -> std::optional<std::string> {
        const char* value = std::getenv(std::string(name).c_str());
        if (value == nullptr) return std::nullopt;
        return value;
    };
}

}  // namespace safargo
