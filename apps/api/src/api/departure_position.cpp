#include "api/departure_position.hpp"

#include <charconv>

namespace safargo::api {

// "<microseconds> <id>"
std::string DeparturePosition::str() const {
    return std::to_string(departure.time_since_epoch().count()) + ' ' + id.str();
}

DeparturePosition DeparturePosition::parse(std::string_view text) {
    const std::size_t space = text.find(' ');
    std::int64_t microseconds = 0;
    std::from_chars(text.data(), text.data() + space, microseconds);
    return {Instant{std::chrono::microseconds{microseconds}}, Uuid::parse(text.substr(space + 1)).value()};
}

}  // namespace safargo::api
