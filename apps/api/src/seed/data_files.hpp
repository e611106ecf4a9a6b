// Which data files this database holds, and whether they are the ones at hand.
#pragma once

#include "core/task.hpp"
#include "db/database.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace safargo::seed {

struct DataFile {
    std::string name;
    std::string sha256;  // hexadecimal, of the content and of the way it is read
};

// The files of the reference data; throws std::runtime_error for one that cannot be read.
std::vector<DataFile> read_data_files(const std::filesystem::path& folder);

Task<bool> are_loaded(db::Session& session, std::vector<DataFile> files);
Task<void> remember_loaded(db::Session& session, std::vector<DataFile> files);

}  // namespace safargo::seed
