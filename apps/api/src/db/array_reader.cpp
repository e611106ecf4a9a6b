#include "db/array_reader.hpp"

#include "db/big_endian.hpp"
#include "db/database_error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace safargo::db::wire {

ArrayReader::ArrayReader(const Field& array) : array_(array), rest_(array.bytes.value_or("")) {
    const std::int32_t dimensions = number();
    const std::int32_t has_null = number();
    type_ = static_cast<Oid>(number());
    if (dimensions < 0 || dimensions > 1 || has_null < 0 || has_null > 1) mismatch();
    if (dimensions == 1) {
        left_ = static_cast<std::size_t>(std::max(number(), 0));
        number();  // lower bound
    }
    expect_end();
}

Field ArrayReader::next() {
    Field element{array_.column, type_, std::nullopt};
    const std::int32_t length = number();
    if (length >= 0) element.bytes = take(static_cast<std::size_t>(length));
    --left_;
    expect_end();
    return element;
}

// Nothing may follow the last element.
void ArrayReader::expect_end() const {
    if (left_ == 0 && !rest_.empty()) mismatch();
}

std::int32_t ArrayReader::number() {
    return get_big_endian<std::int32_t>(take(sizeof(std::int32_t)));
}

std::string_view ArrayReader::take(std::size_t size) {
    if (rest_.size() < size) mismatch();
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
}

void ArrayReader::mismatch() const {
    throw MappingError(fmt::format("column \"{}\" has type {}{}, not a one-dimensional array", array_.column,
                                   array_.type, array_.bytes ? "" : " and is NULL"));
}

}  // namespace safargo::db::wire
