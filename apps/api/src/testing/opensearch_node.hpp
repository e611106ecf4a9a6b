// The real OpenSearch node of the tests, where there is one. Programs share it: each uses names of its own there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace safargo::testing {

inline constexpr const char* no_opensearch = "SAFARGO_TEST_OPENSEARCH_HOME is not set: there is no OpenSearch node";

struct OpenSearchNode {
    std::uint16_t port = 0;
    std::string password;  // of the user "safargo"

    std::string url() const { return url_at(port, password); }
    static std::string url_at(std::uint16_t port, const std::string& password);
};

// As scripts/systems/opensearch.sh started it in the folder SAFARGO_TEST_OPENSEARCH_HOME.
std::optional<OpenSearchNode> opensearch_node();

}  // namespace safargo::testing
