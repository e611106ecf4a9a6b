#include "db/copy_row.hpp"

#include "db/big_endian.hpp"
#include "db/database_error.hpp"

#include <fmt/format.h>

namespace safargo::db {
namespace {

constexpr std::string_view signature{"PGCOPY\n\377\r\n\0", 11};
constexpr std::int16_t end_mark = -1;

class RowBytes {
public:
    explicit RowBytes(std::string_view bytes) : rest_(bytes) {}

    template <class T>
    T number() {
        return wire::get_big_endian<T>(take(sizeof(T)));
    }
    std::string_view take(std::size_t size) {
        if (rest_.size() < size) throw MappingError("a truncated COPY row");
        const std::string_view taken = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return taken;
    }
    bool empty() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

void skip_header(RowBytes& bytes) {
    if (bytes.take(signature.size()) != signature) throw MappingError("not a binary COPY");
    bytes.number<std::int32_t>();  // flags
    const auto extension = bytes.number<std::int32_t>();
    if (extension < 0) throw MappingError("a binary COPY with an invalid header");
    bytes.take(static_cast<std::size_t>(extension));
}

}  // namespace

bool CopyRow::take(std::string_view chunk) {
    RowBytes bytes(chunk);
    if (!started_) skip_header(bytes);
    started_ = true;
    if (bytes.empty()) return false;
    const auto count = bytes.number<std::int16_t>();
    if (count == end_mark) return false;
    if (static_cast<std::size_t>(count) != columns_.size())
        throw MappingError(fmt::format("{} columns of COPY instead of {}", count, columns_.size()));
    for (auto& value : values_) {
        const auto length = bytes.number<std::int32_t>();
        value.reset();
        if (length >= 0) value = bytes.take(static_cast<std::size_t>(length));
    }
    return true;
}

wire::Field CopyRow::field(int number) const {
    const auto column = static_cast<std::size_t>(number);
    if (number < 0 || column >= columns_.size())
        throw MappingError(fmt::format("column {} of {}", column, columns_.size()));
    return {columns_[column].name, columns_[column].type, values_[column]};
}

}  // namespace safargo::db
