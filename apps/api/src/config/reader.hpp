// Reads one variable after the other and collects what is wrong.
#pragma once

#include "config/config.hpp"

namespace safargo {

class VariableReader {
public:
    explicit VariableReader(const Lookup& lookup) : lookup_(lookup) {}

    std::optional<std::string> optional(std::string_view name) const;  // an empty variable counts as unset
    std::string text(std::string_view name, std::string fallback = {}) const;
    std::string required(std::string_view name);
    // A required secret: long enough and not a placeholder.
    std::string secret(std::string_view name, std::size_t min_length);
    unsigned number(std::string_view name, unsigned fallback, unsigned min, unsigned max);
    bool flag(std::string_view name, bool fallback);                                      // on/off, true/false, 1/0
    std::chrono::seconds duration(std::string_view name, std::chrono::seconds fallback);  // "0", "90s", "30m", "24h"
    std::vector<std::string> list(std::string_view name) const;                           // comma-separated

    void refuse(std::string_view name, std::string_view reason);
    std::vector<std::string>& problems() { return problems_; }

private:
    const Lookup& lookup_;
    std::vector<std::string> problems_;
};

}  // namespace safargo
