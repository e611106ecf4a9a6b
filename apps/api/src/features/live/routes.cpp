#include "features/live/routes.hpp"

namespace safargo::live {

void add_routes(api::Endpoints& endpoints, StreamService& streams) {
    endpoints.get("/events", "Follow what happens")
        .describes(
            "Server-sent events about the caller's bookings, trips, notifications and messages: which one, what "
            "happened and when. Their content is read from its own route, by which time it is at least as new as the "
            "event. Every event has an id: a client that sends the last one as Last-Event-ID goes on after it, on any "
            "server, without loss or repetition. Events are kept for seven days; after an id that is older, or none of "
            "the caller's, there is one event `reset`, and the client reads again what it shows. A comment comes every "
            "15 seconds without an event. The stream ends when the token expires or the session ends, and then the "
            "client comes back with a new token; before a server stops, it says in `retry` after how many "
            "milliseconds. A person has at most ten streams on a server (too_many_streams), so tabs should share one.")
        .streams<LiveEvent>()
        .fails({Code::too_many_streams})
        .handle([&streams](const Caller& caller, const api::LastEventId& last_seen) {
            return streams.open(caller, last_seen);
        });
}

}  // namespace safargo::live
