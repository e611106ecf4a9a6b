// What a driver must be rated at least: any number from 1 to 5, "4", "4.5".
#pragma once

#include "contract/codec.hpp"

#include <string>
#include <string_view>

namespace safargo::search {

// Ratings are means in tenths (users::rating), so what lies between two tenths asks for the upper one.
class LeastRating {
public:
    static Checked<LeastRating> parse(std::string_view text);
    double value() const { return tenths_ / 10.0; }  // the very double that a driver's rating is
    std::string str() const;
    auto operator<=>(const LeastRating&) const = default;

private:
    int tenths_ = 10;
};

}  // namespace safargo::search

namespace safargo::contract {

template <>
struct SpelledSchema<search::LeastRating> {
    static std::string text() { return number_schema(1, 5); }
};

}  // namespace safargo::contract
