// The connections of one thread in the order they started waiting: the order in which they make room for others.
#pragma once

#include <array>
#include <cstddef>
#include <list>

namespace safargo::http {

class Session;

class ConnectionList {
public:
    enum class Activity { newcomer, idle, busy };  // no request yet; between requests; being served
    struct Entry {
        Activity activity = Activity::newcomer;
        std::list<Session*>::iterator at{};
    };

    Entry add(Session& session);  // a newcomer
    void move(Entry& entry, Activity activity);
    void remove(const Entry& entry);

    // The newcomer that has waited longest, or else the connection idle for longest; null if all are busy.
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
