// Whether a configuration value has the form its variable needs. Looks at the text only: nothing is opened or resolved.
#pragma once

#include <string_view>

namespace safargo {

bool is_address(std::string_view text);  // "192.0.2.1", "::1"
bool is_network(std::string_view text);  // an address or a CIDR block: "10.0.0.0/8", "2001:db8::/32"
bool is_origin(std::string_view text);   // "https://safargo.com", "http://127.0.0.1:3001": no path, no "/" at the end
bool is_database_url(std::string_view text);  // "postgresql://user:password@host:5432/name?sslmode=require"
bool is_redis_url(std::string_view text);     // "rediss://:password@host:6379,host:6379": TLS unless it is "redis"
bool is_service_url(std::string_view text);   // "https://user:password@host:9200": no path, no "/" at the end
bool is_public_key(std::string_view text);
bool is_private_key(std::string_view text);
bool is_contact(std::string_view text);  // "mailto:ops@safargo.com", "https://safargo.com/contact"
bool is_log_level(std::string_view text);

// Values left over from a template: "changeme", "replace-me-…", or dots.
bool is_placeholder(std::string_view value);
// The same for a URL of a database, Redis or another service: dots anywhere, or a placeholder as the password.
bool holds_placeholder(std::string_view url);

// Bits left to guess for an attacker who knows which characters are used and how often. Generated text counts nearly in
// full, a repeated character not at all.
double guessing_bits(std::string_view secret);

}  // namespace safargo
