// The least rating of a driver: any number from 1 to 5, "4", "4.5".
#pragma once

#include "contract/codec.hpp"

#include <string>
#include <string_view>

namespace safargo::search {

// Ratings are means in tenths (users::rating), so a value between two tenths is rounded up.
class LeastRating {
public:
    static Checked<LeastRating> parse(std::string_view text);
    double value() const { return tenths_ / 10.0; }  // exactly the double of a driver's rating
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
