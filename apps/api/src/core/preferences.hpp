// Ride preferences shared by profiles, trips and searches.
#pragma once

#include <boost/describe/enum.hpp>

#include <cstdint>

namespace safargo {

enum class Talk : std::uint8_t { quiet, normal, chatty };
BOOST_DESCRIBE_ENUM(Talk, quiet, normal, chatty)

enum class Luggage : std::uint8_t { none, small, medium, large };  // in ascending order
BOOST_DESCRIBE_ENUM(Luggage, none, small, medium, large)

}  // namespace safargo
