// Reads the declared variables in order and collects the problems.
#pragma once

#include "config/variables.hpp"

#include <string>
#include <vector>

namespace safargo {

class VariableReader {
public:
    // Both must live as long as the reader.
    VariableReader(const Lookup& lookup, Variables declared) : lookup_(lookup), declared_(declared) {}

    // Reads each variable into its field of `config`; the environment first, since defaults depend on it.
    void read_all(Config& config);

    std::vector<std::string>& problems() { return problems_; }

private:
    void read(const Variable& variable, Config& config);
    void refuse(const Variable& variable, std::string_view reason);
    std::optional<std::string> given(const Variable& variable) const;  // an empty variable counts as unset
    std::string value_of(const Variable& variable, Environment environment) const;
    std::string default_of(const Variable& variable, Environment environment) const;
    // The missing variables of a group that is partly set; empty if no variable of it is set.
    std::vector<std::string_view> missing_of(std::string_view group, Environment environment) const;
    void name_incomplete_groups(Config& config) const;

    const Lookup& lookup_;
    Variables declared_;
    std::vector<std::string> problems_;
};

}  // namespace safargo
