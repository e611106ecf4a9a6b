// Which web origins may read our answers in a browser.
#pragma once

#include "http/message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace safargo::http {

class Cors {
public:
    // "https://safargo.com": scheme, host and optional port; throws std::invalid_argument otherwise ("*" too).
    explicit Cors(const std::vector<std::string>& origins);

    bool allows(std::string_view origin) const;

    // The complete lines to add to an answer, "" for a foreign origin or none.
    std::string lines(const Request& request) const;
    // The same for the answer to a preflight, which `allow` (the path's methods) is for.
    std::string preflight_lines(const Request& request, std::string_view allow) const;

private:
    std::vector<std::string> origins_;
};

bool is_preflight(const Request& request);  // an OPTIONS that asks before a cross-origin request

}  // namespace safargo::http
