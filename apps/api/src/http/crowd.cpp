#include "http/crowd.hpp"

#include <algorithm>

namespace safargo::http {

Crowd::Entry Crowd::add(Session& session) {
    std::list<Session*>& newcomers = of(Place::newcomer);
    return {Place::newcomer, newcomers.insert(newcomers.end(), &session)};
}

void Crowd::move(Entry& entry, Place place) {
    std::list<Session*>& to = of(place);
    to.splice(to.end(), of(entry.place), entry.at);
    entry.place = place;
}

void Crowd::remove(const Entry& entry) {
    of(entry.place).erase(entry.at);
}

Session* Crowd::longest_waiting() const {
    for (const Place place : {Place::newcomer, Place::idle}) {
        const auto& waiting = places_[static_cast<std::size_t>(place)];
        if (!waiting.empty()) return waiting.front();
    }
    return nullptr;
}

bool Crowd::empty() const {
    return std::ranges::all_of(places_, [](const auto& place) { return place.empty(); });
}

}  // namespace safargo::http
