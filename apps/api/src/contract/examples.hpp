// Examples for the published schemas, composed from those of their parts: the type's own ("examples" in its schema),
// else the usual value of members with that name, else any value that fits.
#pragma once

#include "contract/components.hpp"
#include "contract/node.hpp"

#include <map>
#include <string>
#include <string_view>

namespace safargo::contract {

class Writer;

class Examples {
public:
    explicit Examples(const Components& components) : components_(components) {}

    // JSON text; `name` is the parameter or member that holds it. Throws std::logic_error for an unknown schema
    // reference.
    std::string of(std::string_view schema, std::string_view name = {});

private:
    void write(Writer& out, std::string_view name, const Node& schema);
    void write_members(Writer& out, const Node& schema);
    void write_items(Writer& out, std::string_view name, const Node& schema);
    const Node& component(std::string_view reference);

    const Components& components_;
    std::map<std::string, Node, std::less<>> read_;  // components by name, each read once
};

}  // namespace safargo::contract
