#include "load/requests.hpp"

#include "load/json_field.hpp"

#include <algorithm>

namespace safargo::load {

void Requests::add(std::string_view text) {
    const auto object = parse_object(text);
    const auto bytes = field<std::string>(object, "bytes");
    places_.push_back({.begin = arena_.size(),
                       .length = static_cast<std::uint32_t>(bytes.size()),
                       .expected = field<int>(object, "expect")});
    arena_ += bytes;
}

Requests Requests::parse(std::string_view lines) {
    Requests requests;
    for (std::size_t number = 1; !lines.empty(); ++number) {
        const auto end = std::min(lines.find('\n'), lines.size());
        try {
            requests.add(lines.substr(0, end));
        } catch (const BadPlan& wrong) {
            throw BadPlan(fmt::format("line {}: {}", number, wrong.what()));
        }
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    if (requests.places_.empty()) throw BadPlan("there is no request");
    return requests;
}

Requests::Line Requests::operator[](std::size_t index) const {
    const Place& place = places_[index];
    return {.bytes = std::string_view(arena_).substr(place.begin, place.length), .expected = place.expected};
}

std::string_view Requests::Line::path() const {
    const auto begin = std::min(bytes.find(' '), bytes.size() - 1) + 1;
    return bytes.substr(begin, bytes.find(' ', begin) - begin);
}

}  // namespace safargo::load
