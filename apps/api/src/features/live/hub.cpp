#include "features/live/hub.hpp"

#include "core/current_failure.hpp"
#include "core/logging.hpp"
#include "features/live/stream.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace safargo::live {
namespace {

namespace asio = boost::asio;
using Steady = std::chrono::steady_clock;

}  // namespace

Hub::Hub(asio::any_io_executor executor, db::Database& database, const Clock& clock, api::Authenticator& authenticator,
         Bells& bells, HubOptions options)
    : executor_(std::move(executor)),
      database_(database),
      clock_(clock),
      authenticator_(authenticator),
      bells_(&bells),
      options_(options),
      bell_(executor_),
      delay_(metrics::histogram("safargo_live_delay_seconds",
                                "From what happened to its event being handed to an open stream.",
                                metrics::duration_bounds())),
      sent_(metrics::counter("safargo_live_events_total", "Events handed to open streams.")),
      resets_(metrics::counter("safargo_live_resets_total", "Clients told to read all anew.")),
      failed_turns_(metrics::counter("safargo_live_failures_total", "Readings of events that failed.")) {
    bells_->hang(*this);
}

Hub::~Hub() {
    take_down();
}

void Hub::take_down() {
    if (bells_ != nullptr) std::exchange(bells_, nullptr)->take_down(*this);
}

void Hub::add(Stream& stream) {
    streams_[stream.user()].push_back(&stream);
    look_at(stream.user());  // something may have happened since its start was read
    if (following_) return;
    following_ = true;
    next_look_ = Steady::now() + options_.look_every;
    next_check_ = Steady::now() + options_.check_every;
    asio::co_spawn(executor_, follow(shared_from_this()), asio::detached);
}

void Hub::remove(Stream& stream) {
    const auto known = streams_.find(stream.user());
    std::erase(known->second, &stream);
    if (!known->second.empty()) return;
    woken_.erase(stream.user());
    streams_.erase(known);
    if (streams_.empty()) bell_.ring();
}

void Hub::look_at(UserId user) {
    if (!streams_.contains(user)) return;
    woken_.insert(user);
    bell_.ring();
}

// The hub may be gone when its thread gets to it.
void Hub::ring(const std::vector<UserId>& people) {
    asio::post(executor_, [hub = weak_from_this(), people] {
        const auto self = hub.lock();
        if (!self) return;
        for (const UserId person : people) self->look_at(person);
        if (!people.empty()) return;
        self->next_look_ = {};
        self->bell_.ring();
    });
}

Task<void> Hub::follow(std::shared_ptr<Hub> self) {
    asio::steady_timer pause(self->executor_);
    while (!self->streams_.empty()) {
        const auto until = std::min(self->next_look_, self->next_check_) - Steady::now();
        co_await self->bell_.wait(std::chrono::ceil<std::chrono::milliseconds>(until));
        try {
            co_await self->take_turn();
            co_await self->end_streams_without_session();
        } catch (...) {  // what was not read is found at the next look
            self->failed_turns_.add();
            log::warning("live_events_not_read", {{"error", std::string_view(describe_current_failure())}});
        }
        pause.expires_after(self->options_.pace);
        co_await pause.async_wait(asio::use_awaitable);
    }
    self->following_ = false;
}

void Hub::look_at_all_when_due() {
    const auto now = Steady::now();
    if (now < next_look_) return;
    next_look_ = now + options_.look_every;
    for (const auto& [user, streams] : streams_) woken_.insert(user);
}

// Streams that are still sending get theirs once they are ready: nothing is kept for them here.
Readers Hub::take_readers() {
    Readers readers;
    for (const UserId user : woken_) {
        auto after = std::numeric_limits<std::int64_t>::max();
        for (Stream* stream : streams_.at(user)) {
            if (stream->is_ready()) {
                after = std::min(after, stream->position());
            } else {
                stream->fall_behind();
            }
        }
        if (after == std::numeric_limits<std::int64_t>::max()) continue;
        readers.people.push_back(user);
        readers.after.push_back(after);
    }
    woken_.clear();
    return readers;
}

Task<void> Hub::take_turn() {
    look_at_all_when_due();
    const Readers readers = take_readers();
    if (readers.people.empty()) co_return;
    const auto events = co_await rows_.read(database_, readers);
    hand_out(readers, events);
}

// Each person's events are next to each other. Streams may have come, gone or become busy while they were read.
void Hub::hand_out(const Readers& asked, const std::vector<StoredEvent>& events) {
    std::unordered_map<UserId, std::int64_t> asked_after;
    for (std::size_t i = 0; i < asked.people.size(); ++i) asked_after.emplace(asked.people[i], asked.after[i]);
    for (std::size_t first = 0; first < events.size();) {
        const UserId user = events[first].user;
        Streams ready;
        if (const auto known = streams_.find(user); known != streams_.end()) ready = known->second;
        std::erase_if(ready, [](Stream* stream) {
            if (stream->is_ready()) return false;
            stream->fall_behind();
            return true;
        });
        for (Stream* stream : ready) fill_gap(*stream, asked_after.at(user), events[first]);
        const std::size_t count = hand_out_to(ready, events, first);
        first += count;
        const bool more = count == events_per_person || (first == events.size() && first == events_per_reading);
        for (Stream* stream : ready) more ? stream->fall_behind() : stream->now_live();
    }
    if (events.size() == events_per_reading) next_look_ = {};  // others may have been left out
}

// The number of events of that person.
std::size_t Hub::hand_out_to(const Streams& ready, const std::vector<StoredEvent>& events, std::size_t first) {
    std::size_t end = first;
    for (; end < events.size() && events[end].user == events[first].user; ++end) {
        for (Stream* stream : ready) send(*stream, events[end]);
    }
    return end - first;
}

// Positions have no gaps. If the first event read is not the next one, those between were pruned unseen.
void Hub::fill_gap(Stream& stream, std::int64_t asked_after, const StoredEvent& first) {
    if (stream.position() != asked_after || first.position == asked_after + 1) return;
    stream.tell_of_loss(first.position - 1, clock_.now());
}

void Hub::send(Stream& stream, const StoredEvent& event) {
    if (!stream.send(event)) return;
    sent_.add();
    if (stream.is_live()) delay_.observe(std::chrono::duration<double>(clock_.now() - event.at).count());
}

Task<void> Hub::end_streams_without_session() {
    if (Steady::now() < next_check_ || streams_.empty()) co_return;
    next_check_ = Steady::now() + options_.check_every;
    std::vector<SessionId> sessions;
    for (const auto& [user, streams] : streams_) {
        for (const Stream* stream : streams) sessions.push_back(stream->session());
    }
    const auto ended = co_await authenticator_.find_ended(std::move(sessions));
    if (ended.empty()) co_return;
    const std::unordered_set<SessionId> gone(ended.begin(), ended.end());
    for (const auto& [user, streams] : streams_) {
        for (Stream* stream : streams) {
            if (gone.contains(stream->session())) stream->end();
        }
    }
}

}  // namespace safargo::live
