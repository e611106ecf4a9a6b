// Decodes PostgreSQL's binary formats (backend/utils/adt/*send), trusting neither type nor length.
#include "db/array_reader.hpp"
#include "db/big_endian.hpp"
#include "db/database_error.hpp"
#include "db/postgres_epoch.hpp"
#include "db/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace safargo::db::wire {
namespace {

enum : Oid {
    oid_char = 18,
    oid_name = 19,
    oid_text = 25,
    oid_json = 114,
    oid_xml = 142,
    oid_float4 = 700,
    oid_unknown = 705,
    oid_bpchar = 1042,
    oid_varchar = 1043,
    oid_jsonb = 3802,
    oid_xid8 = 5069,
    first_user_type = 16384,  // enums and citext are text on the wire; other extension types need ::text
};

[[noreturn]] void mismatch(const Field& field, std::string_view wanted) {
    throw MappingError(fmt::format("column \"{}\" has type {}{}, not {}", field.column, field.type,
                                   field.bytes ? "" : " and is NULL", wanted));
}

// The bytes of a value of that type and size.
std::string_view expect(const Field& field, Oid type, std::size_t size, std::string_view wanted) {
    if (field.type != type || !field.bytes || field.bytes->size() != size) mismatch(field, wanted);
    return *field.bytes;
}

bool is_text(Oid type) {
    constexpr Oid texts[] = {oid_text,    oid_varchar, oid_bpchar, oid_name, oid_json,
                             oid_unknown, oid_char,    oid_xml,    oid_jsonb};
    return type >= first_user_type || std::ranges::find(texts, type) != std::end(texts);
}

}  // namespace

void read(const Field& field, bool& out) {
    out = expect(field, wire_type<bool>.scalar, 1, "bool").front() != '\0';
}

void read(const Field& field, std::int16_t& out) {
    out = get_big_endian<std::int16_t>(expect(field, wire_type<std::int16_t>.scalar, 2, "smallint"));
}

void read(const Field& field, std::int32_t& out) {
    if (field.type == wire_type<std::int16_t>.scalar) {
        std::int16_t small = 0;
        read(field, small);
        out = small;
        return;
    }
    out = get_big_endian<std::int32_t>(expect(field, wire_type<std::int32_t>.scalar, 4, "integer"));
}

void read(const Field& field, std::int64_t& out) {
    if (field.type == wire_type<std::int16_t>.scalar || field.type == wire_type<std::int32_t>.scalar) {
        std::int32_t small = 0;
        read(field, small);
        out = small;
        return;
    }
    const Oid type = field.type == oid_xid8 ? Oid{oid_xid8} : wire_type<std::int64_t>.scalar;
    out = get_big_endian<std::int64_t>(expect(field, type, 8, "bigint"));
}

void read(const Field& field, double& out) {
    if (field.type == oid_float4) {
        out = std::bit_cast<float>(get_big_endian<std::int32_t>(expect(field, oid_float4, 4, "real")));
    } else {
        const auto bits = get_big_endian<std::int64_t>(expect(field, wire_type<double>.scalar, 8, "double precision"));
        out = std::bit_cast<double>(bits);
    }
    if (!std::isfinite(out)) mismatch(field, "a finite number");
}

void read(const Field& field, Instant& out) {
    const auto since_2000 = get_big_endian<std::int64_t>(expect(field, wire_type<Instant>.scalar, 8, "timestamptz"));
    constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max() - epoch_microseconds;
    if (since_2000 < first_timestamp || since_2000 > last) mismatch(field, "a finite time");
    out = Instant{std::chrono::microseconds{since_2000 + epoch_microseconds}};
}

void read(const Field& field, LocalDate& out) {
    const auto days = get_big_endian<std::int32_t>(expect(field, wire_type<LocalDate>.scalar, 4, "date"));
    if (days < first_date || days > last_date) mismatch(field, "a finite date");
    out.days = postgres_epoch + std::chrono::days{days};
}

void read(const Field& field, Uuid& out) {
    const std::string_view bytes = expect(field, wire_type<Uuid>.scalar, out.bytes.size(), "uuid");
    std::ranges::transform(bytes, out.bytes.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
}

void read(const Field& field, Bytes& out) {
    if (field.type != wire_type<Bytes>.scalar || !field.bytes) mismatch(field, "bytea");
    out.value = *field.bytes;
}

void read(const Field& field, std::string_view& out) {
    if (!is_text(field.type) || !field.bytes) mismatch(field, "text");
    out = *field.bytes;
    if (field.type != oid_jsonb) return;
    if (out.empty() || out.front() != '\1') mismatch(field, "jsonb of version 1");
    out.remove_prefix(1);
}

void refuse_word(const Field& field, std::string_view allowed) {
    throw MappingError(fmt::format("column \"{}\" is none of {}", field.column, allowed));
}

std::vector<Field> elements(const Field& field) {
    ArrayReader array(field);
    std::vector<Field> all;
    // The array header may claim more elements than the bytes hold.
    all.reserve(std::min(array.left(), field.bytes->size() / sizeof(std::int32_t)));
    while (array.left() > 0) all.push_back(array.next());
    return all;
}

}  // namespace safargo::db::wire
