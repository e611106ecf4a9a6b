#include "features/search/least_rating.hpp"

#include <fmt/format.h>

#include <cmath>

namespace safargo::search {

Checked<LeastRating> LeastRating::parse(std::string_view text) {
    constexpr double least = 1, most = 5;
    constexpr double slack = 1e-9;  // 1.1 * 10 is a little more than 11
    const auto number = contract::number_from_text(text);
    if (!number) return std::unexpected(number.error());
    if (*number < least || *number > most) return refuse(Rule::out_of_range, "1", "5");
    LeastRating rating;
    rating.tenths_ = static_cast<int>(std::ceil(*number * 10 - slack));
    return rating;
}

std::string LeastRating::str() const {
    return fmt::format("{}.{}", tenths_ / 10, tenths_ % 10);
}

}  // namespace safargo::search
