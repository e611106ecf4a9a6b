// Places that a person comes back to, private to them.
#pragma once

#include "contract/described.hpp"

#include <optional>
#include <string>
#include <vector>

namespace safargo::favourites {

struct AddFavourite {
    Line<60> label;
    Latitude lat;
    Longitude lng;
};
BOOST_DESCRIBE_STRUCT(AddFavourite, (), (label, lat, lng))

struct FavouriteView {
    FavouriteId id;
    std::string label;
    double lat, lng;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(FavouriteView, (), (id, label, lat, lng, created_at))

struct FavouritePage {
    std::vector<FavouriteView> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(FavouritePage, (), (items, next_cursor))

struct ListFavourites {
    std::optional<Text<512>> cursor;
    std::optional<Bounded<1, 100>> limit;
};
BOOST_DESCRIBE_STRUCT(ListFavourites, (), (cursor, limit))

}  // namespace safargo::favourites
