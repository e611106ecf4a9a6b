// Whether a value can be what its variable promises. Looks at the text only: nothing is opened and no name looked up.
#pragma once

#include <string_view>

namespace safargo {

bool is_address(std::string_view text);  // "192.0.2.1", "::1"
bool is_network(std::string_view text);  // an address or a CIDR block: "10.0.0.0/8", "2001:db8::/32"
bool is_origin(std::string_view text);   // "https://safargo.com", "http://127.0.0.1:3001": no path, no "/" at the end
bool is_database_url(std::string_view text);  // "postgresql://user:password@host:5432/name?sslmode=require"
bool is_log_level(std::string_view text);

// What people leave in a template: "changeme", "replace-me-…", "…" as dots.
bool is_placeholder(std::string_view value);
// The same of a database URL: dots in place of something, or a password that is one.
bool holds_placeholder(std::string_view database_url);

// How much somebody who knows which characters are used, and how often, still has to guess. Text that a generator made
// has nearly all of its length here, a repeated character nothing.
double guessing_bits(std::string_view secret);

}  // namespace safargo
