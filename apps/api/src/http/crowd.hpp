// The connections of one thread, in the order in which they began to wait: who goes first when there is no room.
#pragma once

#include <array>
#include <cstddef>
#include <list>

namespace safargo::http {

class Session;

class Crowd {
public:
    enum class Place { newcomer, idle, busy };  // never asked anything; between two requests; being served
    struct Entry {
        Place place = Place::newcomer;
        std::list<Session*>::iterator at{};
    };

    Entry add(Session& session);  // a newcomer
    void move(Entry& entry, Place place);
    void remove(const Entry& entry);

    // The newcomer that is there for the longest time, else the connection that is idle for the longest; null: all
    // busy.
    Session* longest_waiting() const;

    bool empty() const;
    template <class F>
    void for_each(F f) const {
        for (const auto& place : places_) {
            for (Session* session : place) f(*session);
        }
    }

private:
    std::list<Session*>& of(Place place) { return places_[static_cast<std::size_t>(place)]; }

    std::array<std::list<Session*>, 3> places_;
};

}  // namespace safargo::http
