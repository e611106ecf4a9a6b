// How a type is represented in JSON. A Codec<T> has
//   std::optional<T> parse(const Node&, Errors&)       nullopt after adding the errors
//   Checked<T> from_text(std::string_view)             scalars: in a query or a path
//   void print(Writer&, const T&)
//   std::string schema(Components&, Direction)         JSON Schema 2020-12, as used by OpenAPI 3.1
#pragma once

#include "contract/components.hpp"
#include "contract/errors.hpp"
#include "contract/node.hpp"
#include "contract/writer.hpp"
#include "core/bounded.hpp"
#include "core/dinars.hpp"
#include "core/email_address.hpp"
#include "core/ids.hpp"
#include "core/lat_lng.hpp"
#include "core/phone_number.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace safargo::contract {

template <class T>
struct Codec;

// Shared by the scalar codecs (scalars.cpp).
Checked<bool> bool_from_text(std::string_view text);
Checked<std::int64_t> integer_from_text(std::string_view text);
Checked<double> number_from_text(std::string_view text);
Checked<std::int64_t> integer_from(const Node& node);
Checked<double> number_from(const Node& node);
Checked<std::string_view> string_from(const Node& node);
std::string integer_schema(std::int64_t min, std::int64_t max);
std::string number_schema(int min, int max);
std::string text_schema(std::size_t min, std::size_t max, Breaks breaks);
std::string format_schema(std::string_view format);
// Schema parts of text that people type in many forms, all as JSON.
struct TypedSchema {
    std::string_view pattern, description, examples;
};
std::string typed_schema(std::size_t min, std::size_t max, const TypedSchema& says);
std::string list_schema(std::initializer_list<std::string_view> patterns);  // "a,b,c" in a query
// The inner part of a JSON pattern.
inline constexpr std::string_view latitude_pattern = R"(-?0*(90(\\.0*)?|[1-8]?[0-9](\\.[0-9]*)?|\\.[0-9]+))";
inline constexpr std::string_view longitude_pattern =
    R"(-?0*(180(\\.0*)?|(1[0-7][0-9]|[1-9]?[0-9])(\\.[0-9]*)?|\\.[0-9]+))";

template <class T>
std::optional<T> accept(Checked<T> checked, Errors& errors) {
    if (checked) return std::move(*checked);
    errors.add(std::move(checked.error()));
    return std::nullopt;
}

// Scalars represented as a string: Codec<T>::from_text reads JSON strings too.
template <class T>
struct StringCodec {
    static std::optional<T> parse(const Node& node, Errors& errors) {
        const auto text = string_from(node);
        if (!text) return accept(Checked<T>(std::unexpected(text.error())), errors);
        return accept(Codec<T>::from_text(*text), errors);
    }
};

// Value types with a text form: static Checked<T> parse(std::string_view) and str().
template <class T>
concept SpelledType = requires(const T& value, std::string_view text) {
    { T::parse(text) } -> std::same_as<Checked<T>>;
    { value.str() } -> std::convertible_to<std::string>;
};

// The schema of such a type; a feature specialises it for its own types, beside the request that uses them. The schema
// allows everything the server accepts, so that clients may rely on it; rules it cannot express are in the description.
template <class T>
struct SpelledSchema {
    static std::string text() { return R"({"type":"string"})"; }
};
template <class Tag>
struct SpelledSchema<Id<Tag>> {
    static std::string text() { return format_schema("uuid"); }
};
template <>
struct SpelledSchema<LocalDate> {
    static std::string text() { return format_schema("date"); }
};
template <>
struct SpelledSchema<EmailAddress> {
    static std::string text() { return format_schema("email"); }
};
template <std::size_t Max, std::size_t Min, Breaks Allowed>
struct SpelledSchema<Text<Max, Min, Allowed>> {
    static std::string text() { return text_schema(Min, Max, Allowed); }
};

template <SpelledType T>
struct Codec<T> : StringCodec<T> {
    static Checked<T> from_text(std::string_view text) { return T::parse(text); }
    static void print(Writer& out, const T& value) { out.string(value.str()); }
    template <class Tag>
    static void print(Writer& out, const Id<Tag>& id) {
        out.plain_string(Uuid::text_size, [&](char* at) { return id.value.write(at); });
    }
    static std::string schema(Components&, Direction) { return SpelledSchema<T>::text(); }
};

template <>
struct Codec<Instant> : StringCodec<Instant> {
    static Checked<Instant> from_text(std::string_view text) { return parse_instant(text); }
    static void print(Writer& out, Instant value) {
        out.plain_string(max_instant_text, [=](char* at) { return write_instant(value, at); });
    }
    static std::string schema(Components&, Direction) { return format_schema("date-time"); }
};

// For responses only: request text is a bounded Text.
template <>
struct Codec<std::string> {
    static void print(Writer& out, const std::string& value) { out.string(value); }
    static std::string schema(Components&, Direction) { return R"({"type":"string"})"; }
};

template <>
struct Codec<bool> {
    static std::optional<bool> parse(const Node& node, Errors& errors);
    static Checked<bool> from_text(std::string_view text) { return bool_from_text(text); }
    static void print(Writer& out, bool value) { out.boolean(value); }
    static std::string schema(Components&, Direction) { return R"({"type":"boolean"})"; }
};

template <>
struct Codec<double> {
    static std::optional<double> parse(const Node& node, Errors& errors) { return accept(number_from(node), errors); }
    static Checked<double> from_text(std::string_view text) { return number_from_text(text); }
    static void print(Writer& out, double value) { out.number(value); }
    static std::string schema(Components&, Direction) { return R"({"type":"number"})"; }
};

template <>
struct Codec<std::int64_t> {
    static std::optional<std::int64_t> parse(const Node& node, Errors& errors) {
        return accept(integer_from(node), errors);
    }
    static Checked<std::int64_t> from_text(std::string_view text) { return integer_from_text(text); }
    static void print(Writer& out, std::int64_t value) { out.integer(value); }
    static std::string schema(Components&, Direction) { return R"({"type":"integer","format":"int64"})"; }
};

template <std::int64_t Min, std::int64_t Max>
struct Codec<Bounded<Min, Max>> {
    using T = Bounded<Min, Max>;
    static std::optional<T> parse(const Node& node, Errors& errors) {
        return accept(bound(integer_from(node)), errors);
    }
    static Checked<T> from_text(std::string_view text) { return bound(integer_from_text(text)); }
    static void print(Writer& out, T value) { out.integer(value); }
    static std::string schema(Components&, Direction) { return integer_schema(Min, Max); }

private:
    static Checked<T> bound(Checked<std::int64_t> integer) {
        if (!integer) return std::unexpected(integer.error());
        return T::from(*integer);
    }
};

// Prices: 0 to 10 million dinars, far above any seat and far below overflow.
template <>
struct Codec<Dinars> {
    static std::optional<Dinars> parse(const Node& node, Errors& errors) {
        return accept(bound(integer_from(node)), errors);
    }
    static Checked<Dinars> from_text(std::string_view text) { return bound(integer_from_text(text)); }
    static void print(Writer& out, Dinars value) { out.integer(value.amount); }
    static std::string schema(Components&, Direction direction);

private:
    static Checked<Dinars> bound(Checked<std::int64_t> amount);
};

template <int Limit>
struct Codec<Degrees<Limit>> {
    using T = Degrees<Limit>;
    static std::optional<T> parse(const Node& node, Errors& errors) { return accept(bound(number_from(node)), errors); }
    static Checked<T> from_text(std::string_view text) { return bound(number_from_text(text)); }
    static void print(Writer& out, T value) { out.number(value.value()); }
    static std::string schema(Components&, Direction) { return number_schema(-Limit, Limit); }

private:
    static Checked<T> bound(Checked<double> degrees) {
        if (!degrees) return std::unexpected(degrees.error());
        return T::from(*degrees);
    }
};

// In queries only, "36.7538,3.0588"; bodies have `lat` and `lng` members instead.
template <>
struct Codec<LatLng> {
    static Checked<LatLng> from_text(std::string_view text) { return LatLng::parse(text); }
    static void print(Writer& out, LatLng value);
    static std::string schema(Components&, Direction);
};

}  // namespace safargo::contract
