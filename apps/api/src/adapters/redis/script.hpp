// A Lua script that touches one key and runs on its node, in one round trip once that node knows it.
#pragma once

#include <string>
#include <string_view>

namespace safargo::redis {

class Script {
public:
    explicit Script(std::string_view text);  // must outlive the script: a literal

    std::string_view text() const { return text_; }
    const std::string& digest() const { return digest_; }  // the SHA-1 by which EVALSHA names it

private:
    std::string_view text_;
    std::string digest_;
};

}  // namespace safargo::redis
