// The thread that follows the database: whether it is reachable, which trips changed, and whether answers about places
// are still right. It keeps the search index up to date, notifies the other replicas of changes and carries wake-ups.
// No business transaction contains a NOTIFY, which would serialise all commits.
#pragma once

#include "app/shared.hpp"
#include "features/search/feed_health.hpp"
#include "platform/health_check.hpp"
#include "ports/wakeups.hpp"

#include <memory>

namespace safargo::app {

class SearchThread {
public:
    explicit SearchThread(Shared& shared);
    ~SearchThread();  // stops the thread

    void start();
    void stop();
    // Reports a commit, from any thread. It is read at once, or 10 ms after the last read; other replicas are notified
    // at most every 5 ms.
    void committed();
    Wakeups& wakeups();  // of the whole process
    search::FeedStatus status() const;
    // This object must outlive the checks.
    platform::HealthCheck database_check() const;
    platform::HealthCheck index_check() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace safargo::app
