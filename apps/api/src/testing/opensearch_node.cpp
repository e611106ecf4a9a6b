#include "testing/opensearch_node.hpp"

#include <cstdlib>
#include <fstream>

namespace safargo::testing {
namespace {

std::string line_of(const std::string& path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    return line;
}

}  // namespace

std::string OpenSearchNode::url_at(std::uint16_t port, const std::string& password) {
    return "http://safargo:" + password + "@127.0.0.1:" + std::to_string(port);
}

std::optional<OpenSearchNode> opensearch_node() {
    const char* home = std::getenv("SAFARGO_TEST_OPENSEARCH_HOME");
    if (home == nullptr) return std::nullopt;
    const std::string folder(home);
    return OpenSearchNode{.port = static_cast<std::uint16_t>(std::stoi(line_of(folder + "/port"))),
                          .password = line_of(folder + "/password")};
}

}  // namespace safargo::testing
