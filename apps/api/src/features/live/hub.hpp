// The open streams of one thread. It reads the news of all their people in one query for each batch of wake-ups, never
// one per stream, and by itself now and then, since a wake-up may be lost.
#pragma once

#include "api/authenticator.hpp"
#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/wakeup.hpp"
#include "db/database.hpp"
#include "features/live/bells.hpp"
#include "features/live/repository.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace safargo::live {

class Stream;

struct HubOptions {
    std::chrono::milliseconds look_every{1'000};   // at everybody's events
    std::chrono::milliseconds pace{10};            // between turns: wake-ups meanwhile share the next one
    std::chrono::milliseconds check_every{3'000};  // whether the sessions of its streams still stand
};

// Idle without streams. Must be owned by a shared_ptr; used on the thread of `executor`, except ring().
class Hub final : public Bell, public std::enable_shared_from_this<Hub> {
public:
    Hub(boost::asio::any_io_executor executor, db::Database& database, const Clock& clock,
        api::Authenticator& authenticator, Bells& bells, HubOptions options = {});
    ~Hub() override;
    Hub(const Hub&) = delete;
    Hub& operator=(const Hub&) = delete;

    void add(Stream& stream);
    void remove(Stream& stream);
    void look_at(UserId user);  // as soon as possible
    void count_reset() { resets_.add(); }
    void ring(const std::vector<UserId>& people) override;
    void take_down();  // nobody rings it any more: its thread's executor is about to go

    Instant now() const { return clock_.now(); }
    std::size_t people() const { return streams_.size(); }

private:
    using Streams = std::vector<Stream*>;  // of one person

    static Task<void> follow(std::shared_ptr<Hub> self);
    Task<void> take_turn();
    Task<void> end_streams_without_session();
    void look_at_all_when_due();
    Readers take_readers();
    void hand_out(const Readers& asked, const std::vector<StoredEvent>& events);
    std::size_t hand_out_to(const Streams& ready, const std::vector<StoredEvent>& events, std::size_t first);
    void fill_gap(Stream& stream, std::int64_t asked_after, const StoredEvent& first);
    void send(Stream& stream, const StoredEvent& event);

    boost::asio::any_io_executor executor_;
    db::Database& database_;
    const Clock& clock_;
    api::Authenticator& authenticator_;
    Bells* bells_;  // null once taken down
    const HubOptions options_;
    EventRepository rows_;
    std::unordered_map<UserId, Streams> streams_;
    std::unordered_set<UserId> woken_;  // of these
    Wakeup bell_;
    std::chrono::steady_clock::time_point next_look_{}, next_check_{};
    bool following_ = false;
    metrics::Histogram delay_;
    metrics::Counter sent_, resets_, failed_turns_;
};

}  // namespace safargo::live
