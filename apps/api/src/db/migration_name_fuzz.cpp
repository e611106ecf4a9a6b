// An accepted name prints back unchanged and sorts by its minute.
// Aimed at: db/migration_name.cpp
#include "db/migrations.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto name = safargo::db::MigrationName::parse(text);
    if (!name) return 0;
    if (name->str() != text || name->minute != text.substr(0, 12)) std::abort();
    if (text.find_first_of("/\\.\n '\"") != text.rfind(".sql")) std::abort();
    return 0;
}
