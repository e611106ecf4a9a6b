// The PostgreSQL server at SAFARGO_TEST_POSTGRES (a superuser's postgresql:// URL).
#pragma once

#include <cstdint>
#include <string>

namespace safargo::testing {

// Throws if the variable is missing: a test without its server must not pass.
std::string server_url();
std::string url_of(const std::string& database);

struct ServerAddress {
    std::string host;  // an address
    std::uint16_t port;
};
ServerAddress server_address();

// The URL of a database through another port on loopback (a TcpProxy's).
std::string url_at(std::uint16_t port, const std::string& database);

}  // namespace safargo::testing
