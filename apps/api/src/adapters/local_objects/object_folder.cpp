#include "adapters/local_objects/object_folder.hpp"

#include "core/crypto.hpp"
#include "core/enum_names.hpp"
#include "core/failures.hpp"

#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace safargo::local_objects {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail_at(const char* what) {
    throw DependencyUnavailable("objects", what);
}

std::string random_suffix() {
    std::array<std::uint8_t, 8> bytes{};
    crypto::random_bytes(bytes);
    return crypto::hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// A file begins with five lines: key, type, caching, ETag and size. The object follows.
std::string head_of(const NewObject& object) {
    const std::string etag = crypto::hex(crypto::view(crypto::sha256(object.body))).substr(0, 32);
    std::string head;
    for (const std::string& line :
         {object.name.key, object.content_type, object.cache_control, etag, std::to_string(object.body.size())}) {
        if (line.contains('\n')) throw std::invalid_argument("an object's facts are lines");
        head += line + '\n';
    }
    return head;
}

// Without the body. nullopt if there is no such file.
std::optional<KeptObject> read_head(std::ifstream& in) {
    if (!in) return std::nullopt;
    std::string key, bytes;
    KeptObject object;
    std::getline(in, key);
    std::getline(in, object.facts.content_type);
    std::getline(in, object.cache_control);
    std::getline(in, object.facts.etag);
    std::getline(in, bytes);
    const auto [end, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), object.facts.bytes);
    if (!in || error != std::errc{} || end != bytes.data() + bytes.size()) fail_at("an object's file is damaged");
    return object;
}

}  // namespace

fs::path ObjectFolder::file_of(const ObjectName& name) const {
    const std::string hash = crypto::hex(crypto::view(crypto::sha256(name.key)));
    return folder_ / enum_name(name.bucket) / hash.substr(0, 2) / hash.substr(2);
}

void ObjectFolder::write(const NewObject& object) const {
    const fs::path file = file_of(object.name);
    const std::string head = head_of(object);
    std::error_code failure;
    fs::create_directories(file.parent_path(), failure);
    if (failure) fail_at("its folder cannot be made");
    const fs::path fresh = file.string() + '.' + random_suffix();
    std::ofstream out(fresh, std::ios::binary);
    out << head << object.body;
    out.close();
    if (out) fs::rename(fresh, file, failure);
    if (out && !failure) return;
    fs::remove(fresh, failure);
    fail_at("an object cannot be written");
}

std::optional<KeptObject> ObjectFolder::read(const ObjectName& name) const {
    std::ifstream in(file_of(name), std::ios::binary);
    auto object = read_head(in);
    if (!object) return std::nullopt;
    object->body.assign(std::istreambuf_iterator<char>(in), {});
    if (object->body.size() != object->facts.bytes) fail_at("an object's file is damaged");
    return object;
}

std::optional<StoredObject> ObjectFolder::find(const ObjectName& name) const {
    std::ifstream in(file_of(name), std::ios::binary);
    const auto object = read_head(in);
    if (!object) return std::nullopt;
    return object->facts;
}

void ObjectFolder::remove(const ObjectName& name) const {
    std::error_code failure;
    fs::remove(file_of(name), failure);
    if (failure) fail_at("an object cannot be removed");
}

}  // namespace safargo::local_objects
