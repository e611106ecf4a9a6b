#include "features/live/live_world_test.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <stdexcept>

namespace safargo::live::test {
namespace {

using namespace std::chrono_literals;

Task<void> rest() {
    boost::asio::steady_timer timer(*testing::shared_context(), 1ms);
    co_await timer.async_wait(boost::asio::use_awaitable);
}

std::string word_of(const http::Event& event) {
    if (event.data.empty()) return std::string(event.comment);
    constexpr std::string_view before = R"("what":")";
    const std::size_t begin = event.data.find(before) + before.size();
    return std::string(event.name) + " " + std::string(event.data.substr(begin, event.data.find('"', begin) - begin));
}

}  // namespace

void Page::send(const http::Event& event) {
    last_id_ = event.id;
    lines.push_back(std::string(event.id) + " " + word_of(event));
    if (busy_after_event && !event.data.empty()) ready = false;
}

void Page::become_ready() {
    ready = true;
    source->ready();
}

Lines Page::events() const {
    Lines events = lines;
    std::erase_if(events, [](const std::string& line) { return line.ends_with(" open"); });
    return events;
}

Task<std::vector<SessionId>> Sessions::find_ended(std::vector<SessionId> sessions) {
    ++asked;
    std::erase_if(sessions, [this](SessionId session) { return !ended.contains(session); });
    co_return sessions;
}

Result<PagePtr> LiveWorld::try_open(Process& at, Caller caller, std::optional<std::int64_t> last) {
    auto opened = testing::run(at.streams.open(caller, {last}));
    if (!opened) return std::unexpected(opened.error());
    auto page = std::make_unique<Page>();
    page->source = std::move(opened->source);
    page->source->open(*page);
    return page;
}

PagePtr LiveWorld::open(Process& at, UserId user, std::optional<std::int64_t> last) {
    return try_open(at, caller(user), last).value();
}

void LiveWorld::tell_in(db::Transaction& tx, std::string what, std::vector<UserId> people) {
    here.announcer.tell(tx, News::of(booking, what), std::move(people), clock.now());
    static constexpr db::Statement nothing{"test_nothing", "select 1"};
    testing::run(tx.query(nothing));  // sends what was deferred
}

void LiveWorld::tell(const Announcer& announcer, std::string what, std::vector<UserId> people) {
    db::Transaction tx = begin();
    announcer.tell(tx, News::of(booking, what), std::move(people), clock.now());
    commit(tx);
}

void LiveWorld::until(const std::function<bool()>& so) {
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (!so()) {
        if (std::chrono::steady_clock::now() > end) throw std::runtime_error("it did not become so");
        testing::run(rest());
    }
}

void LiveWorld::settle(Page& page, UserId user) {
    tell("settled", {user});
    until([&] { return page.lines.back().ends_with(" booking settled"); });
    page.lines.pop_back();
}

}  // namespace safargo::live::test
