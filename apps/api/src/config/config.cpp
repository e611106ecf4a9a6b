#include "config/config.hpp"

#include "config/cpu_quota.hpp"
#include "config/reader.hpp"

#include <cstdlib>

namespace safargo {
namespace {

// In development localhost and 127.0.0.1 count as the same origin.
std::vector<std::string> own_origins(const std::string& web_url, bool development) {
    if (web_url.empty()) return {};
    constexpr std::string_view number = "http://127.0.0.1", name = "http://localhost";
    if (development && web_url.starts_with(number)) return {web_url, std::string(name) + web_url.substr(number.size())};
    if (development && web_url.starts_with(name)) return {web_url, std::string(number) + web_url.substr(name.size())};
    return {web_url};
}

}  // namespace

std::expected<Config, std::vector<std::string>> read_config(const Lookup& lookup) {
    VariableReader variables(lookup, known_variables());
    Config config;
    config.threads = cpu_quota();
    variables.read_all(config);
    if (!variables.problems().empty()) return std::unexpected(std::move(variables.problems()));
    if (config.cors_origins.empty()) config.cors_origins = own_origins(config.web_url, config.development());
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
