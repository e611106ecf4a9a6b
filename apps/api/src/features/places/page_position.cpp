#include "features/places/page_position.hpp"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

namespace safargo::places {
namespace {

template <class T>
std::string text_of(const std::optional<T>& value) {
    if (!value) return "-";
    if constexpr (std::is_enum_v<T>) {
        return std::string(contract::enum_name(*value));
    } else if constexpr (std::is_same_v<T, LatLng>) {
        return fmt::format("{},{}", value->lat, value->lng);
    } else if constexpr (requires { value->str(); }) {
        return value->str();
    } else {
        return fmt::format("{}", value->value());
    }
}

}  // namespace

// The words come last: they may hold the separator.
std::string fingerprint(const PlaceQuery& wanted, Language language) {
    return fmt::format("places|{}|{}|{}|{}|{}|{}|{}|{}", code(language), text_of(wanted.sort), text_of(wanted.type),
                       text_of(wanted.wilaya), text_of(wanted.near), text_of(wanted.radius_km), text_of(wanted.bbox),
                       text_of(wanted.q));
}

std::string print_position(const PlacePosition& position) {
    return fmt::format("{}|{}|{}", position.rank, position.slug, position.name);
}

PlacePosition parse_position(std::string_view text) {
    const std::size_t first = text.find('|');
    const std::size_t second = first == text.npos ? text.npos : text.find('|', first + 1);
    PlacePosition position;
    const char* end = text.data() + (second == text.npos ? 0 : first);
    const auto [stopped, error] = std::from_chars(text.data(), end, position.rank);
    if (error != std::errc{} || stopped != end) throw std::invalid_argument("not a position in the list of places");
    position.slug = text.substr(first + 1, second - first - 1);
    position.name = text.substr(second + 1);
    return position;
}

}  // namespace safargo::places
