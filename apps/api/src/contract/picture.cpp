#include "contract/picture.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace safargo::contract {
namespace {

constexpr std::string_view picture_schema =
    R"({"type":"object","properties":{"id":{"type":"string","format":"uuid"},)"
    R"("small":{"type":"string","format":"uri","description":"WebP, fits into 160 x 160 pixels"},)"
    R"("medium":{"type":"string","format":"uri","description":"WebP, fits into 640 x 640 pixels"},)"
    R"("large":{"type":"string","format":"uri","description":"WebP, fits into 1280 x 1280 pixels"}},)"
    R"("required":["id","small","medium","large"],"examples":[{"id":"01939f75-0c00-7d2e-9f10-112233445566",)"
    R"("small":"https://assets.example.dz/public/pictures/01939f75-0c00-7d2e-9f10-112233445566/small.webp",)"
    R"("medium":"https://assets.example.dz/public/pictures/01939f75-0c00-7d2e-9f10-112233445566/medium.webp",)"
    R"("large":"https://assets.example.dz/public/pictures/01939f75-0c00-7d2e-9f10-112233445566/large.webp"}]})";

}  // namespace

void Codec<Picture>::print(Writer& out, const Picture& picture) {
    if (out.pictures() == nullptr) throw std::logic_error("a picture is printed by a writer that knows no address");
    const std::string id = picture.id.str();
    const std::string_view shelf = out.pictures()->of(picture.shelf);
    out.begin_object();
    out.key("id");
    out.string(id);
    for (const std::string_view size : {"small", "medium", "large"}) {
        out.key(size);
        out.string(fmt::format("{}{}/{}.webp", shelf, id, size));
    }
    out.end_object();
}

std::string Codec<Picture>::schema(Components& components, Direction direction) {
    if (components.reserve("Picture", "safargo::Picture", direction)) {
        components.define("Picture", std::string(picture_schema));
    }
    return R"({"$ref":"#/components/schemas/Picture"})";
}

}  // namespace safargo::contract
