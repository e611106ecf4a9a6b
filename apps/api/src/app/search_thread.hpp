// The thread that follows the database: whether it is there, and which trips changed. It keeps the search index fresh
// and tells the other replicas that there is something to read. No NOTIFY stands in a business transaction, where it
// would serialise all commits.
#pragma once

#include "app/shared.hpp"
#include "features/search/feed_health.hpp"
#include "platform/health_check.hpp"

#include <memory>

namespace safargo::app {

class SearchThread {
public:
    explicit SearchThread(Shared& shared);
    ~SearchThread();  // stops

    void start();
    void stop();
    // From any thread: something was committed here. It is read now or 10 ms after the last reading, and the others are
    // notified at most every 5 ms.
    void committed();
    search::FeedStatus status() const;
    // This must outlive them.
    platform::HealthCheck database_check() const;
    platform::HealthCheck index_check() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace safargo::app
