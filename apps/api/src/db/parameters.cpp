#include "db/parameters.hpp"

#include "db/big_endian.hpp"
#include "db/database_error.hpp"
#include "db/postgres_epoch.hpp"

#include <bit>
#include <cmath>

namespace safargo::db {
namespace wire {

void put(std::string& out, bool value) {
    out.push_back(value ? '\1' : '\0');
}

void put(std::string& out, std::int16_t value) {
    put_big_endian(out, value);
}

void put(std::string& out, std::int32_t value) {
    put_big_endian(out, value);
}

void put(std::string& out, std::int64_t value) {
    put_big_endian(out, value);
}

void put(std::string& out, double value) {
    if (!std::isfinite(value)) throw MappingError("a parameter is not a finite number");
    put_big_endian(out, std::bit_cast<std::int64_t>(value));
}

void put(std::string& out, Instant value) {
    const std::int64_t since_1970 = value.time_since_epoch().count();
    if (since_1970 < first_timestamp + epoch_microseconds)
        throw MappingError("a parameter is before the first timestamp");
    put_big_endian(out, since_1970 - epoch_microseconds);
}

void put(std::string& out, LocalDate value) {
    const std::int64_t days =
        std::int64_t{value.days.time_since_epoch().count()} - postgres_epoch.time_since_epoch().count();
    if (days < first_date || days > last_date) throw MappingError("a parameter is outside the range of dates");
    put_big_endian(out, static_cast<std::int32_t>(days));
}

void put(std::string& out, const Uuid& value) {
    out.append(value.bytes.begin(), value.bytes.end());
}

void put(std::string& out, const Bytes& value) {
    out.append(value.value);
}

void put_array_head(std::string& out, Oid element, std::size_t size) {
    put_big_endian(out, std::int32_t{size == 0 ? 0 : 1});  // dimensions
    put_big_endian(out, std::int32_t{0});                  // contains no NULL
    put_big_endian(out, element);
    if (size == 0) return;
    put_big_endian(out, static_cast<std::int32_t>(size));
    put_big_endian(out, std::int32_t{1});  // lower bound
}

std::size_t open_element(std::string& out) {
    put_big_endian(out, std::int32_t{0});
    return out.size();
}

void close_element(std::string& out, std::size_t opened) {
    std::string length;
    put_big_endian(length, static_cast<std::int32_t>(out.size() - opened));
    out.replace(opened - length.size(), length.size(), length);
}

}  // namespace wire

namespace {

void refuse_zero_byte(std::string_view text) {
    if (text.find('\0') != text.npos) throw MappingError("a text parameter contains a zero byte");
}

void put_quoted(std::string& out, std::string_view text) {
    out.push_back('"');
    for (const char c : text) {
        if (c == '"' || c == '\\') out.push_back('\\');
        out.push_back(c);
    }
    out.push_back('"');
}

}  // namespace

void Parameters::add_null(Oid type) {
    slots_.push_back({type, type != 0, true, bytes_.size(), 0});
}

void Parameters::add_text(std::string_view text) {
    refuse_zero_byte(text);
    slots_.push_back({0, false, false, bytes_.size(), text.size()});
    bytes_.append(text).push_back('\0');
}

void Parameters::add_text_array(const std::vector<std::string_view>& texts) {
    const std::size_t begin = bytes_.size();
    bytes_.push_back('{');
    for (std::size_t i = 0; i < texts.size(); ++i) {
        refuse_zero_byte(texts[i]);
        if (i > 0) bytes_.push_back(',');
        put_quoted(bytes_, texts[i]);
    }
    bytes_.push_back('}');
    slots_.push_back({0, false, false, begin, bytes_.size() - begin});
    bytes_.push_back('\0');
}

}  // namespace safargo::db
