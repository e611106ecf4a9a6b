// Examples of what the published schemas describe, composed from the examples of their parts: first what a type says
// itself ("examples" in its schema), then what members of that name usually hold, then any value that fits.
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

    // As JSON text; `name` of the parameter or member that holds it. Throws std::logic_error for a schema that refers
    // to nothing.
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
