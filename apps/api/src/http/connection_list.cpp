#include "http/connection_list.hpp"

#include <algorithm>

namespace safargo::http {

ConnectionList::Entry ConnectionList::add(Session& session) {
    std::list<Session*>& newcomers = of(Activity::newcomer);
    return {Activity::newcomer, newcomers.insert(newcomers.end(), &session)};
}

void ConnectionList::move(Entry& entry, Activity activity) {
    std::list<Session*>& to = of(activity);
    to.splice(to.end(), of(entry.activity), entry.at);
    entry.activity = activity;
}

void ConnectionList::remove(const Entry& entry) {
    of(entry.activity).erase(entry.at);
}

Session* ConnectionList::longest_waiting() const {
    for (const Activity activity : {Activity::newcomer, Activity::idle}) {
        const auto& waiting = by_activity_[static_cast<std::size_t>(activity)];
        if (!waiting.empty()) return waiting.front();
    }
    return nullptr;
}

bool ConnectionList::empty() const {
    return std::ranges::all_of(by_activity_, [](const auto& activity) { return activity.empty(); });
}

}  // namespace safargo::http
