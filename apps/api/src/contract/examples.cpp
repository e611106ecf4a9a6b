#include "contract/examples.hpp"

#include "contract/common_examples.hpp"
#include "contract/writer.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace safargo::contract {
namespace {

constexpr std::string_view any_id = R"("01939f6e-7c00-7a3b-8c4d-5e6f70819203")";
constexpr std::string_view any_instant = R"("2026-12-08T18:30:00Z")";
constexpr std::string_view any_day = R"("2026-12-10")";

const Node* member(const Node& node, std::string_view name) {
    const Object* object = node.as<Object>();
    if (object == nullptr) return nullptr;
    const auto found = std::ranges::find(*object, name, &Member::name);
    return found == object->end() ? nullptr : &found->node;
}

std::string_view text(const Node* node) {
    const std::string* found = node == nullptr ? nullptr : node->as<std::string>();
    return found == nullptr ? std::string_view{} : std::string_view(*found);
}

// Names keep their reading order.
void spell(Writer& out, const Node& node) {
    if (node.is_null()) return out.null();
    if (const bool* value = node.as<bool>()) return out.boolean(*value);
    if (const Number* number = node.as<Number>()) return out.raw(number->lexeme);
    if (const std::string* string = node.as<std::string>()) return out.string(*string);
    if (const Array* items = node.as<Array>()) {
        out.begin_array();
        for (const Node& item : *items) spell(out, item);
        return out.end_array();
    }
    out.begin_object();
    for (const Member& one : *node.as<Object>()) {
        out.key(one.name);
        spell(out, one.node);
    }
    out.end_object();
}

// Whether "type" is or lists this type; an "anyOf" accepts the types of its alternatives.
bool takes_type(const Node& schema, std::string_view type) {
    if (const Node* alternatives = member(schema, "anyOf")) {
        return std::ranges::any_of(*alternatives->as<Array>(), [&](const Node& one) { return takes_type(one, type); });
    }
    const Node* types = member(schema, "type");
    if (types == nullptr) return false;
    const Array* list = types->as<Array>();
    if (list == nullptr) return text(types) == type;
    return std::ranges::any_of(*list, [&](const Node& one) { return text(&one) == type; });
}

bool takes(const Node& schema, std::string_view json) {
    switch (json.front()) {
        case '"':
            return takes_type(schema, "string");
        case '[':
            return takes_type(schema, "array");
        case 'n':
            return takes_type(schema, "null");
        default:
            return takes_type(schema, "number") || (!json.contains('.') && takes_type(schema, "integer"));
    }
}

// Compares bytes, of which there are at least as many as characters.
bool has_room(const Node& schema, std::string_view json) {
    const Node* most = member(schema, "maxLength");
    return most == nullptr || json.front() != '"' || json.size() - 2 <= std::stoul(most->as<Number>()->lexeme);
}

std::optional<std::string_view> common_example(std::string_view name, const Node& schema) {
    for (const CommonExample& one : common_examples) {
        if (one.name == name && takes(schema, one.json) && has_room(schema, one.json)) return one.json;
    }
    return std::nullopt;
}

std::string_view scalar_example(const Node& schema) {
    const std::string_view format = text(member(schema, "format"));
    if (format == "uuid") return any_id;
    if (format == "date-time") return any_instant;
    if (format == "date") return any_day;
    if (takes_type(schema, "boolean")) return "true";
    if (takes_type(schema, "string")) return R"("…")";
    const Node* least = member(schema, "minimum");
    return least == nullptr ? "1" : std::string_view(least->as<Number>()->lexeme);
}

// The members required by the first of several alternatives.
const Array* only_members(const Node& schema) {
    const Node* alternatives = member(schema, "oneOf");
    return alternatives == nullptr ? nullptr : member(alternatives->as<Array>()->front(), "required")->as<Array>();
}

}  // namespace

std::string Examples::of(std::string_view schema, std::string_view name) {
    std::string json;
    Writer out(json);
    write(out, name, read_json(schema).value());
    return json;
}

void Examples::write(Writer& out, std::string_view name, const Node& schema) {
    if (const Node* reference = member(schema, "$ref")) return write(out, name, component(text(reference)));
    if (const Node* own = member(schema, "examples")) return spell(out, own->as<Array>()->front());
    if (const Node* values = member(schema, "enum")) return spell(out, values->as<Array>()->front());
    if (const auto common = common_example(name, schema)) return out.raw(*common);
    if (const Node* alternatives = member(schema, "anyOf")) return write(out, name, alternatives->as<Array>()->front());
    if (member(schema, "properties") != nullptr) return write_members(out, schema);
    if (member(schema, "items") != nullptr) return write_items(out, name, schema);
    out.raw(scalar_example(schema));
}

void Examples::write_members(Writer& out, const Node& schema) {
    const Array* only = only_members(schema);
    out.begin_object();
    for (const Member& one : *member(schema, "properties")->as<Object>()) {
        const auto is_it = [&](const Node& name) { return text(&name) == one.name; };
        if (only != nullptr && std::ranges::none_of(*only, is_it)) continue;
        out.key(one.name);
        write(out, one.name, one.node);
    }
    out.end_object();
}

// The minimum number of items, or one if there is no minimum.
void Examples::write_items(Writer& out, std::string_view name, const Node& schema) {
    const Node* least = member(schema, "minItems");
    const int count = least == nullptr ? 1 : std::max(1, std::stoi(least->as<Number>()->lexeme));
    out.begin_array();
    for (int i = 0; i < count; ++i) write(out, name, *member(schema, "items"));
    out.end_array();
}

const Node& Examples::component(std::string_view reference) {
    const std::string_view name = reference.substr(reference.rfind('/') + 1);
    if (const auto found = read_.find(name); found != read_.end()) return found->second;
    const auto schema = components_.schemas().find(name);
    if (schema == components_.schemas().end()) throw std::logic_error("no schema has the name " + std::string(name));
    return read_.emplace(name, read_json(schema->second).value()).first->second;
}

}  // namespace safargo::contract
