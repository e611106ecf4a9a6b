#include "contract/components.hpp"

#include <stdexcept>

namespace safargo::contract {

bool Components::reserve(std::string_view name, std::string_view full_type, Direction direction) {
    const auto found = origins_.find(name);
    if (found == origins_.end()) {
        origins_.emplace(name, Origin{std::string(full_type), direction});
        return true;
    }
    // Two types with one name, or one type both read and written, would publish a wrong contract.
    if (found->second.full_type != full_type || found->second.direction != direction) {
        throw std::logic_error("two contract types have the name " + std::string(name));
    }
    return false;
}

void Components::define(std::string_view name, std::string schema) {
    schemas_.insert_or_assign(std::string(name), std::move(schema));
}

}  // namespace safargo::contract
