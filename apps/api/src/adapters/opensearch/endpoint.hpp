// Where OpenSearch is and how to sign in, from OPENSEARCH_URL.
#pragma once

#include <string>
#include <string_view>

namespace safargo::opensearch {

struct Endpoint {
    std::string base;           // "https://search:9200", without a slash at its end
    std::string authorization;  // secret: the header's value; "" without a user

    // "https://user:password@host:port/prefix", user and password percent-encoded; checked by config. Throws
    // std::invalid_argument, without quoting it.
    static Endpoint parse(std::string_view url);
};

}  // namespace safargo::opensearch
