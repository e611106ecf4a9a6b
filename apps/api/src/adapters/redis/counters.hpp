// What /metrics tells about Redis.
#pragma once

#include "core/metrics.hpp"

namespace safargo::redis {

struct Counters {
    // Of commands, by how they ended for their caller.
    metrics::Counter answered, errors, late, unavailable, cancelled;
    // Of connections.
    metrics::Counter opened, failed, lost;
    metrics::Counter moved, asked, retried;
    // Of looks at the cluster's topology.
    metrics::Counter changed, unchanged, unseen;
    // Of subscriptions.
    metrics::Counter subscribed;
};

const Counters& counters();

}  // namespace safargo::redis
