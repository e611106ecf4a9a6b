#include "features/live/stream_service.hpp"

#include "features/live/stream.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>

namespace safargo::live {
namespace {

using namespace std::chrono_literals;

std::unexpected<Error> too_many() {
    return fail(Error{.code = Code::too_many_streams, .retry_after = 10s});
}

}  // namespace

// The hub may be kept a little longer by what it waits for.
StreamService::~StreamService() {
    if (hub_) hub_->take_down();
}

std::shared_ptr<Hub> StreamService::hub_on(const boost::asio::any_io_executor& executor) {
    if (!hub_) {
        hub_ = std::make_shared<Hub>(executor, database_, clock_, authenticator_, switchboard_.bells, options_);
    }
    return hub_;
}

Task<Result<api::EventStream<LiveEvent>>> StreamService::open(Caller caller, api::LastEventId last_seen) {
    auto place = switchboard_.streams.enter(caller.id);
    if (!place) co_return too_many();
    const Start start = co_await rows_.start(database_, caller.id, last_seen.value);
    // A day at most: a stream is no way around what a new connection would be asked.
    const auto valid_for = std::min<Instant::duration>(caller.valid_until - clock_.now(), 24h);
    const auto hub = hub_on(co_await boost::asio::this_coro::executor);
    co_return api::EventStream<LiveEvent>{
        std::make_shared<Stream>(hub, caller, start, std::move(*place), std::chrono::steady_clock::now() + valid_for)};
}

}  // namespace safargo::live
