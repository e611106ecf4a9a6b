#include "config/config.hpp"

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
    if (name != "production") variables.refuse("SAFARGO_ENV", "must be production or development");
    return Environment::production;
}

void read_secrets(Config& config, VariableReader& variables) {
    config.database_url = variables.required("DATABASE_URL");
    config.database_direct_url = variables.text("DATABASE_DIRECT_URL", config.database_url);
    config.jwt_secret = variables.secret("JWT_SECRET", 32);
    if (variables.optional("JWT_SECRET_PREVIOUS"))
        config.jwt_secret_previous = variables.secret("JWT_SECRET_PREVIOUS", 32);
    config.boarding_signing_key = variables.text("BOARDING_SIGNING_KEY");
    const bool hexadecimal =
        config.boarding_signing_key.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
    if (!config.boarding_signing_key.empty() && (config.boarding_signing_key.size() != 64 || !hexadecimal)) {
        variables.refuse("BOARDING_SIGNING_KEY", "must be 64 hexadecimal digits");
    }
    config.metrics_token = variables.text("METRICS_TOKEN");
}

void read_network(Config& config, VariableReader& variables) {
    config.bind = variables.text("BIND", config.development() ? "127.0.0.1" : "0.0.0.0");
    config.port = static_cast<std::uint16_t>(variables.number("PORT", 3000, 0, 65535));
    config.threads = variables.number("THREADS", cpu_quota(), 1, 64);
    config.db_pool_size = variables.number("DB_POOL_SIZE", 10, 1, 1000);
    config.public_url = variables.text("PUBLIC_URL", "http://127.0.0.1:" + std::to_string(config.port));
    config.web_url = variables.text("WEB_URL", "http://127.0.0.1:3001");
    config.cors_origins = variables.list("CORS_ORIGINS");
    if (config.cors_origins.empty()) config.cors_origins = {config.web_url};
    config.trusted_proxies = variables.list("TRUSTED_PROXIES");
    config.rate_limit_ip = variables.number("RATE_LIMIT_IP", 600, 1, 1'000'000);
    config.rate_limit_user = variables.number("RATE_LIMIT_USER", 300, 1, 1'000'000);
    config.otp_ip_limit = variables.number("OTP_IP_LIMIT", 30, 1, 1'000'000);
    config.drain_delay = variables.duration("DRAIN_DELAY", seconds{5});
}

void read_product(Config& config, VariableReader& variables) {
    config.kyc_required = variables.flag("KYC_REQUIRED", !config.development());
    const bool limited = !config.development() || variables.optional("TRIP_START_WINDOW");
    if (limited) config.trip_start_window = variables.duration("TRIP_START_WINDOW", hours{2});
    config.settlement_delay = variables.duration("SETTLEMENT_DELAY", config.development() ? seconds{0} : hours{24});
    config.data_dir = variables.text("SAFARGO_DATA_DIR", "packages/database/data");
    config.log_level = variables.text("LOG_LEVEL", "info");
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
        {"RATE_LIMIT_IP"},
        {"RATE_LIMIT_USER"},
        {"OTP_IP_LIMIT"},
        {"KYC_REQUIRED"},
        {"TRIP_START_WINDOW"},
        {"SETTLEMENT_DELAY"},
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
    read_network(config, variables);
    read_product(config, variables);
    const bool loopback = config.bind.starts_with("127.") || config.bind == "::1" || config.bind == "localhost";
    if (config.development() && !loopback) variables.refuse("BIND", "development binds loopback only");
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
