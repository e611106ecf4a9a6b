// Objects as files: one each, which also holds its type. Several threads and processes may use the same folder.
#pragma once

#include "ports/object_store.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace safargo::local_objects {

struct KeptObject {
    StoredObject facts;
    std::string cache_control;
    std::string body;
};

// Blocks for the time that the file system takes: for development only. Throws DependencyUnavailable if the folder
// cannot be read or written.
class ObjectFolder {
public:
    // Made when it is first needed.
    explicit ObjectFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // Whole or not at all, whoever reads meanwhile.
    void write(const NewObject& object) const;
    std::optional<KeptObject> read(const ObjectName& name) const;
    std::optional<StoredObject> find(const ObjectName& name) const;
    void remove(const ObjectName& name) const;

private:
    // Named by the hash of the key: no key can leave the folder, and none is the folder of another.
    std::filesystem::path file_of(const ObjectName& name) const;

    std::filesystem::path folder_;
};

}  // namespace safargo::local_objects
