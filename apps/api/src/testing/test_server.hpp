// The PostgreSQL server that SAFARGO_TEST_POSTGRES (a superuser's postgresql:// URL) names.
#pragma once

#include <cstdint>
#include <string>

namespace safargo::testing {

// Throws when the variable is absent: a test without its server is not a passed test.
std::string server_url();
std::string url_of(const std::string& database);

struct ServerAddress {
    std::string host;  // an address
    std::uint16_t port;
};
ServerAddress server_address();

// The database's URL by way of another port on loopback (a TcpProxy's).
std::string url_at(std::uint16_t port, const std::string& database);

}  // namespace safargo::testing
