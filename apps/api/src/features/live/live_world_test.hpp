// For the tests of this folder: people who follow their events on a real database, and features that have news.
#pragma once

#include "features/live/service.hpp"
#include "features/live/stream.hpp"
#include "features/live/stream_service.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace safargo::live::test {

using Lines = std::vector<std::string>;

// The connection of a stream: keeps what is sent as "3 booking confirmed", "7 reset reset", "7 open".
class Page final : public http::EventSink {
public:
    bool is_ready() const override { return ready && !ended; }
    void send(const http::Event& event) override;
    void end() override { ended = true; }

    // As the server does when what was sent has left.
    void become_ready();
    void close() { source.reset(); }
    // Without the first word of the stream.
    Lines events() const;
    std::string last_id() const { return last_id_; }

    std::shared_ptr<http::EventSource> source;
    bool ready = true;
    bool busy_after_event = false;  // as a connection is that still sends the last one
    bool ended = false;
    Lines lines;

private:
    std::string last_id_;
};
using PagePtr = std::unique_ptr<Page>;

// Sessions end when the test says so.
class Sessions final : public api::Authenticator {
public:
    Task<Result<Caller>> authenticate(std::string) override { co_return fail(Code::unauthenticated); }
    Task<std::vector<SessionId>> find_ended(std::vector<SessionId> sessions) override;
    std::set<SessionId> ended;
    int asked = 0;
};

// The threads of one process: a switchboard, and a thread with its streams.
struct Process {
    Process(db::Database& database, const Clock& clock, Sessions& sessions, HubOptions options)
        : streams(database, clock, sessions, switchboard, options) {}
    Switchboard switchboard;
    StreamService streams;
    Announcer announcer{switchboard.bells};
};

class LiveWorld : public ::testing::Test {
protected:
    // Woken only: nothing is found by looking.
    static constexpr HubOptions woken{.look_every = std::chrono::hours{1},
                                      .pace = std::chrono::milliseconds{1},
                                      .check_every = std::chrono::hours{1}};
    // What a wake-up that was lost leaves.
    static constexpr HubOptions looking{.look_every = std::chrono::milliseconds{5},
                                        .pace = std::chrono::milliseconds{1},
                                        .check_every = std::chrono::milliseconds{5}};

    UserId somebody() { return UserId::make(clock.now()); }
    Caller caller(UserId user) { return {.id = user, .session = SessionId::make(clock.now())}; }
    Result<PagePtr> try_open(Process& at, Caller caller, std::optional<std::int64_t> last = {});
    PagePtr open(Process& at, UserId user, std::optional<std::int64_t> last = {});
    PagePtr reopen(Process& at, UserId user, const Page& before) {
        return open(at, user, std::stoll(before.last_id()));
    }

    // In a transaction of its own.
    void tell(const Announcer& announcer, std::string what, std::vector<UserId> people);
    void tell(std::string what, std::vector<UserId> people) {
        tell(here.announcer, std::move(what), std::move(people));
    }
    db::Transaction begin() { return testing::run(database.db().begin()); }
    void tell_in(db::Transaction& tx, std::string what, std::vector<UserId> people);
    static void commit(db::Transaction& tx) { testing::run(tx.commit()); }

    // Runs the hubs until it is so.
    static void until(const std::function<bool()>& so);
    // Runs the hubs until everything that was asked for before has been handed out: the page has this event.
    void settle(Page& page, UserId user);

    testing::TestDatabase database;
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    Sessions sessions;
    Process here{database.db(), clock, sessions, woken};
    BookingId booking = BookingId::make(clock.now());
};

}  // namespace safargo::live::test
