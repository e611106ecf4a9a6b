// The connections of one thread, in the order in which they began to wait: who goes first when there is no room.
#pragma once

#include <array>
#include <cstddef>
#include <list>

namespace safargo::http {

class Session;

class ConnectionList {
public:
    enum class Activity { newcomer, idle, busy };  // never asked anything; between two requests; being served
    struct Entry {
        Activity activity = Activity::newcomer;
        std::list<Session*>::iterator at{};
    };

    Entry add(Session& session);  // a newcomer
    void move(Entry& entry, Activity activity);
    void remove(const Entry& entry);

    // The newcomer that is there for the longest time, else the connection that is idle for the longest; null: all
    // busy.
    Session* longest_waiting() const;

    bool empty() const;
    template <class F>
    void for_each(F f) const {
        for (const auto& activity : by_activity_) {
            for (Session* session : activity) f(*session);
        }
    }

private:
    std::list<Session*>& of(Activity activity) { return by_activity_[static_cast<std::size_t>(activity)]; }

    std::array<std::list<Session*>, 3> by_activity_;
};

}  // namespace safargo::http
