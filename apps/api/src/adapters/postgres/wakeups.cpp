#include "adapters/postgres/wakeups.hpp"

#include <utility>

namespace safargo::postgres {
namespace {

constexpr db::Statement notify{"wakeups_notify", R"(
    select pg_notify($1, payload) from unnest($2::text[]) as payload)"};

}  // namespace

NotifyWakeups::NotifyWakeups(boost::asio::any_io_executor executor, db::Database& database,
                             db::ListenerOptions listener)
    : WakeupRelay(executor), database_(database), channel_(listener.channel), listener_(executor, listener) {}

Task<void> NotifyWakeups::transmit(std::vector<std::string> payloads) {
    co_await database_.query(notify, channel_, std::move(payloads));
}

}  // namespace safargo::postgres
