#include "core/crypto.hpp"
#include "db/migrations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace safargo::db {
namespace {

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    if (!file) throw MigrationError(fmt::format("{}: cannot be read", path.filename().string()));
    return std::move(content).str();
}

MigrationFile read_migration(const std::filesystem::path& path) {
    const std::string file_name = path.filename().string();
    auto name = MigrationName::parse(file_name);
    if (!name) throw MigrationError(fmt::format("{}: migrations are named YYYYMMDDHHMM_verb_noun.sql", file_name));
    std::string sql = read_file(path);
    std::string hash = crypto::hex(crypto::view(crypto::sha256(sql)));
    return {std::move(*name), std::move(sql), std::move(hash)};
}

}  // namespace

bool MigrationFile::in_transaction() const {
    return std::string_view(sql).substr(0, sql.find('\n')) != "-- no-transaction";
}

std::vector<MigrationFile> read_migrations(const std::filesystem::path& folder) {
    if (!std::filesystem::is_directory(folder)) {
        throw MigrationError(fmt::format("{}: no such folder", folder.string()));
    }
    std::vector<MigrationFile> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().filename().string().starts_with('.')) continue;
        files.push_back(read_migration(entry.path()));
    }
    std::ranges::sort(files, {}, &MigrationFile::name);
    const auto minute = [](const MigrationFile& file) -> const std::string& { return file.name.minute; };
    const auto twin = std::ranges::adjacent_find(files, {}, minute);
    if (twin != files.end()) {
        throw MigrationError(fmt::format("{} and {} have the same minute, so their order is undefined",
                                         twin->name.str(), std::next(twin)->name.str()));
    }
    return files;
}

}  // namespace safargo::db
