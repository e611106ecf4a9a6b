// For tests: whether a value conforms to a published schema, as far as our schemas go.
#pragma once

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <string>
#include <string_view>

namespace safargo::api::testing {

class SchemaCheck {
public:
    using Node = boost::json::value;

    explicit SchemaCheck(const Node& schemas) : schemas_(schemas) {}

    // The first problem, or "".
    std::string troubles(const Node& schema, const Node& value) const {
        const auto& rules = schema.as_object();
        if (const Node* reference = rules.if_contains("$ref")) return troubles(component(*reference), value);
        if (const Node* any = rules.if_contains("anyOf")) return fits_one_of(*any, value) ? "" : "fits no alternative";
        if (const Node* type = rules.if_contains("type"); type != nullptr && !fits_type(*type, value))
            return "is not of type " + boost::json::serialize(*type);
        if (const Node* values = rules.if_contains("enum"); values != nullptr && !holds(*values, value))
            return "is none of " + boost::json::serialize(*values);
        if (value.is_object()) return troubles_of_members(rules, value);
        if (value.is_array()) return troubles_of_items(rules, value);
        return value.is_number() && !is_within(rules, value.to_number<double>()) ? "is out of bounds" : "";
    }

private:
    const Node& component(const Node& reference) const {
        const std::string_view text = reference.as_string();
        return schemas_.as_object().at(text.substr(text.rfind('/') + 1));
    }
    bool fits_one_of(const Node& alternatives, const Node& value) const {
        return std::ranges::any_of(alternatives.as_array(),
                                   [&](const Node& one) { return troubles(one, value).empty(); });
    }
    static bool holds(const Node& list, const Node& value) { return std::ranges::count(list.as_array(), value) > 0; }
    static bool fits_type(const Node& type, const Node& value) {
        if (type.is_array())
            return std::ranges::any_of(type.as_array(), [&](const Node& one) { return fits_type(one, value); });
        const std::string_view name = type.as_string();
        if (name == "null") return value.is_null();
        if (name == "boolean") return value.is_bool();
        if (name == "integer") return value.is_int64() || value.is_uint64();
        if (name == "number") return value.is_number();
        if (name == "string") return value.is_string();
        return name == "array" ? value.is_array() : value.is_object();
    }
    static bool is_within(const boost::json::object& rules, double number) {
        const Node *least = rules.if_contains("minimum"), *most = rules.if_contains("maximum");
        return (least == nullptr || number >= least->to_number<double>()) &&
               (most == nullptr || number <= most->to_number<double>());
    }
    std::string troubles_of_members(const boost::json::object& rules, const Node& value) const {
        const Node *properties = rules.if_contains("properties"), *required = rules.if_contains("required");
        if (properties == nullptr) return "";
        for (const auto& [name, member] : value.as_object()) {
            const Node* schema = properties->as_object().if_contains(name);
            if (schema == nullptr) return std::string(name) + " is unknown";
            if (std::string wrong = troubles(*schema, member); !wrong.empty()) return std::string(name) + ": " + wrong;
        }
        if (required == nullptr) return "";
        for (const Node& name : required->as_array())
            if (!value.as_object().contains(name.as_string())) return boost::json::serialize(name) + " is missing";
        return "";
    }
    std::string troubles_of_items(const boost::json::object& rules, const Node& value) const {
        for (const Node& item : value.as_array())
            if (std::string wrong = troubles(rules.at("items"), item); !wrong.empty()) return wrong;
        return "";
    }

    const Node& schemas_;
};

}  // namespace safargo::api::testing
