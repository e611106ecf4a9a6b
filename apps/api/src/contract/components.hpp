// The named schemas of one OpenAPI document, as JSON text.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace safargo::contract {

// Requests may omit optional fields and must not contain unknown ones; responses always have every field.
enum class Direction { request, response };

class Components {
public:
    // Reserves the name, which ends recursion; false if it is already there.
    bool reserve(std::string_view name, std::string_view full_type, Direction direction);
    void define(std::string_view name, std::string schema);
    const std::map<std::string, std::string, std::less<>>& schemas() const { return schemas_; }

private:
    struct Origin {
        std::string full_type;
        Direction direction;
    };
    std::map<std::string, Origin, std::less<>> origins_;
    std::map<std::string, std::string, std::less<>> schemas_;
};

}  // namespace safargo::contract
