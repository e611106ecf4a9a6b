// People as others see them.
#pragma once

#include "core/ids.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace safargo::users {

// "Ahmed Benali" -> "Ahmed B."; a single word stays.
std::string public_name(std::string_view name);

// Mean of all published reviews, one decimal; nullopt without any.
std::optional<double> rating(std::int64_t sum, std::int64_t count);

// How long a driver takes to answer a request: the mean over all he accepted or declined, in whole seconds, half up.
// nullopt before the third answer: one slow evening is no habit. Requests that expired unanswered count in
// users.ignored_requests instead.
std::optional<std::int64_t> response_time_s(std::int64_t seconds_sum, std::int64_t answers);

// What stands beside a trip, in search and on a booking. Never phone, email or birth date.
struct DriverCard {
    UserId id;
    std::string name;
    std::optional<double> rating;
    std::int64_t reviews = 0;
    bool verified = false;
    std::optional<std::int64_t> response_time_s;
    bool operator==(const DriverCard&) const = default;
};
BOOST_DESCRIBE_STRUCT(DriverCard, (), (id, name, rating, reviews, verified, response_time_s))

}  // namespace safargo::users
