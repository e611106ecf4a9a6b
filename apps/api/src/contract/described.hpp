// Codecs of structs and enums described with Boost.Describe, and of their containers.
#pragma once

#include "contract/codec.hpp"
#include "contract/type_name.hpp"
#include "core/enum_names.hpp"

#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace safargo::contract {

// A field of a PATCH body: if absent, the value stays. Nullable fields are Patch<std::optional<T>>.
template <class T>
struct Patch {
    std::optional<T> value;
    explicit operator bool() const { return value.has_value(); }
    const T& operator*() const { return *value; }
};

// A list of bounded length.
template <class T, std::size_t Min, std::size_t Max>
struct List {
    std::vector<T> items;
    std::size_t size() const { return items.size(); }
    const T& operator[](std::size_t i) const { return items[i]; }
    auto begin() const { return items.begin(); }
    auto end() const { return items.end(); }
};

template <class T>
concept DescribedStruct = boost::describe::has_describe_members<T>::value && !std::is_union_v<T> && !SpelledType<T>;

template <class T>
inline constexpr bool may_be_absent = false;
template <class T>
inline constexpr bool may_be_absent<std::optional<T>> = true;
template <class T>
inline constexpr bool may_be_absent<Patch<T>> = true;

// Specialised for a request that takes exactly one of its members; each may be absent.
template <class T>
inline constexpr bool takes_one_member = false;

// Specialised for a struct that the common examples cannot illustrate: JSON, published with its schema.
template <class T>
inline constexpr std::string_view example_of{};

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

// Enum names are the same everywhere in the contract.
using safargo::enum_from;
using safargo::enum_name;
using safargo::enum_names;
using safargo::wire_name;

template <DescribedEnum E>
struct Codec<E> : StringCodec<E> {
    static Checked<E> from_text(std::string_view text) { return enum_from<E>(text); }
    static void print(Writer& out, E value) { out.string(enum_name(value)); }
    static std::string schema(Components&, Direction) {
        return R"({"type":"string","enum":[)" + enum_names<E>(",", "\"") + "]}";
    }
};

// "T or null" in JSON Schema: a scalar's type becomes a list, anything else an anyOf.
std::string nullable_schema(const std::string& schema);
std::string alternative_schema(std::string_view member, const std::string& schema);
std::string array_schema(const std::string& item, std::optional<std::pair<std::size_t, std::size_t>> bounds);

template <class T>
struct Codec<std::optional<T>> {
    static std::optional<std::optional<T>> parse(const Node& node, Errors& errors) {
        if (node.is_null()) return std::optional<T>{};
        auto value = Codec<T>::parse(node, errors);
        if (!value) return std::nullopt;
        return std::optional<T>(std::move(*value));
    }
    static Checked<std::optional<T>> from_text(std::string_view text) {
        auto value = Codec<T>::from_text(text);
        if (!value) return std::unexpected(value.error());
        return std::optional<T>(std::move(*value));
    }
    static void print(Writer& out, const std::optional<T>& value) {
        if (value) {
            Codec<T>::print(out, *value);
        } else {
            out.null();
        }
    }
    static std::string schema(Components& components, Direction direction) {
        return nullable_schema(Codec<T>::schema(components, direction));
    }
};

template <class T>
struct Codec<Patch<T>> {
    static std::optional<Patch<T>> parse(const Node& node, Errors& errors) {
        auto value = Codec<T>::parse(node, errors);
        if (!value) return std::nullopt;
        return Patch<T>{std::move(*value)};
    }
    static std::string schema(Components& components, Direction direction) {
        return Codec<T>::schema(components, direction);
    }
};

template <class T>
std::optional<std::vector<T>> parse_items(const Node& node, Errors& errors, std::size_t min, std::size_t max) {
    const auto* array = node.as<Array>();
    if (array == nullptr) return accept<std::vector<T>>(refuse(Rule::wrong_type, "array"), errors);
    if (array->size() < min) return accept<std::vector<T>>(refuse(Rule::too_few, std::to_string(min)), errors);
    if (array->size() > max) return accept<std::vector<T>>(refuse(Rule::too_many, std::to_string(max)), errors);
    std::vector<T> items;
    items.reserve(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) {
        errors.within(i, [&] {
            if (auto item = Codec<T>::parse((*array)[i], errors)) items.push_back(std::move(*item));
        });
    }
    if (items.size() != array->size()) return std::nullopt;
    return items;
}

template <class T, std::size_t Min, std::size_t Max>
struct Codec<List<T, Min, Max>> {
    static std::optional<List<T, Min, Max>> parse(const Node& node, Errors& errors) {
        auto items = parse_items<T>(node, errors, Min, Max);
        if (!items) return std::nullopt;
        return List<T, Min, Max>{std::move(*items)};
    }
    static std::string schema(Components& components, Direction direction) {
        return array_schema(Codec<T>::schema(components, direction), std::pair{Min, Max});
    }
};

// For responses only: request lists are a bounded List.
template <class T>
struct Codec<std::vector<T>> {
    static void print(Writer& out, const std::vector<T>& items) {
        out.begin_array();
        for (const auto& item : items) Codec<T>::print(out, item);
        out.end_array();
    }
    static std::string schema(Components& components, Direction direction) {
        return array_schema(Codec<T>::schema(components, direction), std::nullopt);
    }
};

// Reads one member of a struct from the object, or reports it missing.
template <class T, class Member>
bool parse_member(const Object& object, Errors& errors, T& out, Member member) {
    using Field = std::remove_cvref_t<decltype(out.*member.pointer)>;
    for (const auto& [name, node] : object) {
        if (name != member.name) continue;
        bool good = false;
        errors.within(name, [&] {
            auto value = Codec<Field>::parse(node, errors);
            good = value.has_value();
            if (good) out.*member.pointer = std::move(*value);
        });
        return good;
    }
    if constexpr (!may_be_absent<Field>) {
        errors.add(member.name, {Rule::required});
        return false;
    }
    return true;
}

template <DescribedStruct T>
bool has_member(std::string_view name) {
    bool found = false;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) { found |= name == member.name; });
    return found;
}

// The alternatives of a request that takes one member: that member is present and not null.
template <DescribedStruct T>
std::string member_alternatives(Components& components, Direction direction) {
    std::string all;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        using Field = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        static_assert(may_be_absent<Field>, "if exactly one member is given, the others must be optional");
        all += all.empty() ? "" : ",";
        all += alternative_schema(member.name, Codec<typename Field::value_type>::schema(components, direction));
    });
    return all;
}

template <DescribedStruct T>
std::string struct_schema(Components& components, Direction direction) {
    std::string properties, required;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        using Field = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        if (!properties.empty()) properties += ',';
        properties.append("\"").append(member.name).append("\":").append(Codec<Field>::schema(components, direction));
        if (direction == Direction::request && may_be_absent<Field>) return;
        if (!required.empty()) required += ',';
        required.append("\"").append(member.name).append("\"");
    });
    std::string schema = R"({"type":"object","properties":{)" + properties + "}";
    if (!required.empty()) schema += R"(,"required":[)" + required + "]";
    if (direction == Direction::request) schema += R"(,"additionalProperties":false)";
    if constexpr (!example_of<T>.empty()) schema.append(R"(,"examples":[)").append(example_of<T>).append("]");
    if constexpr (takes_one_member<T>) schema += R"(,"oneOf":[)" + member_alternatives<T>(components, direction) + "]";
    return schema + "}";
}

template <DescribedStruct T>
struct Codec<T> {
    static std::optional<T> parse(const Node& node, Errors& errors) {
        const auto* object = node.as<Object>();
        if (object == nullptr) return accept<T>(refuse(Rule::wrong_type, "object"), errors);
        T value{};
        bool good = true;
        boost::mp11::mp_for_each<Members<T>>(
            [&](auto member) { good &= parse_member(*object, errors, value, member); });
        for (const auto& [name, unused] : *object) {
            if (has_member<T>(name)) continue;
            errors.add(name, {Rule::unknown_field});
            good = false;
        }
        if (!good) return std::nullopt;
        return value;
    }
    static void print(Writer& out, const T& value) {
        out.begin_object();
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            using Field = std::remove_cvref_t<decltype(value.*member.pointer)>;
            out.key(spelled_key<decltype(member)>);
            Codec<Field>::print(out, value.*member.pointer);
        });
        out.end_object();
    }
    static std::string schema(Components& components, Direction direction) {
        constexpr auto name = type_name<T>();
        if (components.reserve(name, full_type_name<T>(), direction)) {
            components.define(name, struct_schema<T>(components, direction));
        }
        return R"({"$ref":"#/components/schemas/)" + std::string(name) + "\"}";
    }
};

}  // namespace safargo::contract
