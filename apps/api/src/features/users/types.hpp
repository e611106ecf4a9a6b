// People as others see them.
#pragma once

#include "contract/described.hpp"
#include "contract/person_name.hpp"
#include "contract/picture.hpp"
#include "core/ids.hpp"

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace safargo::users {

// As on their identity card.
enum class Gender { female, male };
BOOST_DESCRIBE_ENUM(Gender, female, male)

// First name and initial: "Ahmed Benali" -> "Ahmed B.", "عبد القادر بن علي" -> "عبد القادر ب."; a single name stays.
// Empty for a person without a name: its PersonName is printed in the reader's language.
std::string public_name(std::string_view name);
// The same as text, for messages.
std::string public_name(std::string_view name, Language reader);

// Mean of all published reviews, one decimal; nullopt without any.
std::optional<double> rating(std::int64_t sum, std::int64_t count);

// How long a driver takes to answer a request: the mean over all they accepted or declined, in whole seconds, half up.
// nullopt before the third answer: one slow evening is not a habit. Requests that expired unanswered count in
// users.ignored_requests instead.
std::optional<std::int64_t> response_time_s(std::int64_t seconds_sum, std::int64_t answers);

// The driver's data shown with a trip, in search and on a booking. Never phone, email or birth date.
struct DriverCard {
    UserId id;
    PersonName name;
    std::optional<double> rating;
    std::int64_t reviews = 0;
    bool verified = false;
    std::optional<std::int64_t> response_time_s;
    std::optional<Picture> photo{};
    bool operator==(const DriverCard&) const = default;
};
BOOST_DESCRIBE_STRUCT(DriverCard, (), (id, name, rating, reviews, verified, response_time_s, photo))

}  // namespace safargo::users

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::users::DriverCard> =
    R"({"id":"01939f6d-11a0-7c21-9d52-3b1f0c7a4e88","name":"Karim B.","rating":4.8,"reviews":27,"verified":true,)"
    R"("response_time_s":1260,"photo":null})";
