// Bytes that claim to be a value of some type are decoded or refused with MappingError.
// Aimed at: db/field.cpp
#include "db/database_error.hpp"
#include "db/rows.hpp"

#include <cstdint>

namespace {

template <class T>
void try_read(const safargo::db::wire::Field& field) {
    try {
        (void)safargo::db::wire::Reader<T>::value(field);
    } catch (const safargo::db::MappingError&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data + 2), size - 2);
    const auto type = static_cast<safargo::db::Oid>(data[0] | data[1] << 8);
    const safargo::db::wire::Field field{"column", type, text};
    try_read<bool>(field);
    try_read<std::int16_t>(field);
    try_read<std::int64_t>(field);
    try_read<double>(field);
    try_read<safargo::Instant>(field);
    try_read<safargo::LocalDate>(field);
    try_read<std::string>(field);
    try_read<safargo::db::Bytes>(field);
    try_read<safargo::TripId>(field);
    try_read<std::vector<std::optional<std::int32_t>>>(field);
    try_read<std::vector<std::string>>(field);
    return 0;
}
