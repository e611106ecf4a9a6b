// Opens streams: GET /events.
#pragma once

#include "api/answer.hpp"
#include "api/inputs.hpp"
#include "features/live/hub.hpp"
#include "features/live/switchboard.hpp"

#include <memory>

namespace safargo::live {

// One per thread, with its hub.
class StreamService {
public:
    StreamService(db::Database& database, const Clock& clock, api::Authenticator& authenticator,
                  Switchboard& switchboard, HubOptions options = {})
        : database_(database),
          clock_(clock),
          authenticator_(authenticator),
          switchboard_(switchboard),
          options_(options) {}
    ~StreamService();
    StreamService(const StreamService&) = delete;
    StreamService& operator=(const StreamService&) = delete;

    // A stream of the caller's events after the last one seen. Over when the token expires, and soon after the session
    // has ended. too_many_streams for more than OpenStreams allows.
    Task<Result<api::EventStream<LiveEvent>>> open(Caller caller, api::LastEventId last_seen);

private:
    std::shared_ptr<Hub> hub_on(const boost::asio::any_io_executor& executor);

    db::Database& database_;
    const Clock& clock_;
    api::Authenticator& authenticator_;
    Switchboard& switchboard_;
    const HubOptions options_;
    EventRepository rows_;
    std::shared_ptr<Hub> hub_;  // from the first stream on
};

}  // namespace safargo::live
