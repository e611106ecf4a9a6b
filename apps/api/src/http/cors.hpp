// Web origins that may read our responses in a browser.
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

    // The complete header lines for a response; "" for a foreign origin or none.
    std::string lines(const Request& request) const;
    // The lines for the response to a preflight; `allow` lists the path's methods.
    std::string preflight_lines(const Request& request, std::string_view allow) const;

private:
    std::vector<std::string> origins_;
};

bool is_preflight(const Request& request);  // an OPTIONS that precedes a cross-origin request

}  // namespace safargo::http
