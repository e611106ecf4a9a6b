#include "seed/data_files.hpp"

#include "core/crypto.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace safargo::seed {
namespace {

// Increased when files must be reloaded because they are read differently: other columns, other name folding.
constexpr std::string_view loader_version = "3\n";

constexpr db::Statement count_loaded{"seed_count_loaded", R"(
    select count(*) from data_loads l
    join unnest($1::text[], $2::text[]) as f (name, sha256) on f.name = l.name and f.sha256 = l.sha256)"};

constexpr db::Statement record_loaded{"seed_record_loaded", R"(
    insert into data_loads (name, sha256) select * from unnest($1::text[], $2::text[])
    on conflict (name) do update set sha256 = excluded.sha256, loaded_at = now())"};

std::string content_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error(file.string() + ": cannot be read");
    return {std::istreambuf_iterator<char>(in), {}};
}

struct Columns {
    explicit Columns(const std::vector<DataFile>& files) {
        for (const DataFile& file : files) {
            names.push_back(file.name);
            hashes.push_back(file.sha256);
        }
    }
    std::vector<std::string> names, hashes;
};

}  // namespace

std::vector<DataFile> read_data_files(const std::filesystem::path& folder) {
    std::vector<DataFile> files;
    for (const char* name : {"wilayas.csv", "cities.csv", "places.csv", "alternate_names.csv"}) {
        const std::string content = std::string(loader_version) + content_of(folder / name);
        files.push_back({name, crypto::hex(crypto::view(crypto::sha256(content)))});
    }
    return files;
}

Task<bool> are_loaded(db::Session& session, std::vector<DataFile> files) {
    const Columns columns(files);
    const db::Rows rows = co_await session.query(count_loaded, columns.names, columns.hashes);
    co_return rows[0].get<std::int64_t>(0) == std::ssize(files);
}

Task<void> remember_loaded(db::Session& session, std::vector<DataFile> files) {
    const Columns columns(files);
    co_await session.query(record_loaded, columns.names, columns.hashes);
}

}  // namespace safargo::seed
