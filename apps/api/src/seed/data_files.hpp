// Records which data files this database has loaded, to compare them with those on disk.
#pragma once

#include "core/task.hpp"
#include "db/database.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace safargo::seed {

struct DataFile {
    std::string name;
    std::string sha256;  // hexadecimal, of the content and the loader version
};

// The reference data files; throws std::runtime_error if one cannot be read.
std::vector<DataFile> read_data_files(const std::filesystem::path& folder);

Task<bool> are_loaded(db::Session& session, std::vector<DataFile> files);
Task<void> remember_loaded(db::Session& session, std::vector<DataFile> files);

}  // namespace safargo::seed
