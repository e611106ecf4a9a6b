// Reads one variable after the other and collects what is wrong.
#pragma once

#include "config/config.hpp"

namespace safargo {

class VariableReader {
public:
    explicit VariableReader(const Lookup& lookup) : lookup_(lookup) {}

    std::optional<std::string> optional(std::string_view name) const;  // an empty variable counts as unset
    std::string text(std::string_view name, std::string fallback = {}) const;
    void require(std::string_view name);
    // Where it is set: long enough, hard to guess, and not what a template held.
    std::string secret(std::string_view name, std::size_t min_length);
    std::string database_url(std::string_view name);
    std::string checked(std::string_view name, std::string fallback, bool (*is_good)(std::string_view),
                        std::string_view reason);
    unsigned number(std::string_view name, unsigned fallback, unsigned min, unsigned max);
    bool flag(std::string_view name, bool fallback);                                      // on/off, true/false, 1/0
    std::chrono::seconds duration(std::string_view name, std::chrono::seconds fallback);  // "0", "90s", "30m", "24h"
    std::vector<std::string> list(std::string_view name, bool (*is_good)(std::string_view),
                                  std::string_view reason);  // comma-separated

    void refuse(std::string_view name, std::string_view reason);
    std::vector<std::string>& problems() { return problems_; }

private:
    const Lookup& lookup_;
    std::vector<std::string> problems_;
};

}  // namespace safargo
