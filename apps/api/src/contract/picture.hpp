// A public picture in an answer: its id, and its addresses in three sizes (PRODUCT section 2).
#pragma once

#include "contract/codec.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo {

// Where it is stored: with those of people and their vehicles, or with those of places.
enum class PictureShelf : std::uint8_t { people, places };

struct Picture {
    PictureId id;
    PictureShelf shelf = PictureShelf::people;

    bool operator==(const Picture&) const = default;
};

inline std::optional<Picture> picture_of(const std::optional<PictureId>& id) {
    if (!id) return std::nullopt;
    return Picture{*id};
}

inline std::vector<Picture> pictures_of(const std::vector<PictureId>& ids, PictureShelf shelf = PictureShelf::people) {
    std::vector<Picture> pictures;
    pictures.reserve(ids.size());
    for (const PictureId id : ids) pictures.push_back({id, shelf});
    return pictures;
}

namespace contract {

// The beginnings of all addresses; "<id>/small.webp" follows. Empty while no store is configured: the addresses then
// lead nowhere.
struct PictureLinks {
    std::string people, places;

    std::string_view of(PictureShelf shelf) const { return shelf == PictureShelf::people ? people : places; }
};

// Printed by Writers that know the links; throws std::logic_error otherwise.
template <>
struct Codec<Picture> {
    static void print(Writer& out, const Picture& picture);
    static std::string schema(Components& components, Direction direction);
};

}  // namespace contract
}  // namespace safargo
