#include "adapters/redis/counters.hpp"

namespace safargo::redis {
namespace {

metrics::Counter command(const char* outcome) {
    return metrics::counter("safargo_redis_commands_total", "Commands to Redis", {{"outcome", outcome}});
}

metrics::Counter connection(const char* event) {
    return metrics::counter("safargo_redis_connections_total",
                            "Connections to Redis that were opened, failed to open, "
                            "or were lost",
                            {{"event", event}});
}

metrics::Counter redirect(const char* kind) {
    return metrics::counter("safargo_redis_redirects_total",
                            "Commands that a node of Redis refused and that were sent "
                            "again",
                            {{"kind", kind}});
}

metrics::Counter refresh(const char* outcome) {
    return metrics::counter("safargo_redis_topology_refreshes_total", "Looks at who serves what in the Redis cluster",
                            {{"outcome", outcome}});
}

}  // namespace

const Counters& counters() {
    static const Counters all{
        .answered = command("answered"),
        .errors = command("error"),
        .late = command("late"),
        .unavailable = command("unavailable"),
        .cancelled = command("cancelled"),
        .opened = connection("opened"),
        .failed = connection("failed"),
        .lost = connection("lost"),
        .moved = redirect("moved"),
        .asked = redirect("ask"),
        .retried = redirect("retry"),
        .changed = refresh("changed"),
        .unchanged = refresh("unchanged"),
        .unseen = refresh("failed"),
        .subscribed = metrics::counter("safargo_redis_subscriptions_total", "Subscriptions to Redis channels"),
    };
    return all;
}

}  // namespace safargo::redis
