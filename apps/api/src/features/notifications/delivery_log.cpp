#include "features/notifications/delivery_log.hpp"

#include "core/enum_names.hpp"

namespace safargo::notifications {
namespace {

using namespace std::chrono_literals;

constexpr db::Statement enter_departure{"message_delivery_enter", R"(
    with entered as (
        insert into message_deliveries
            (key, channel, recipient, template, state, provider_id, reason, created_at, changed_at)
        values ($1, $2, $3, $4, 'sending', '', '', $5, $5)
        on conflict (key) do nothing)
    select coalesce((select state <> 'sending' from message_deliveries where key = $1), false),
           exists (select from message_deliveries where key = $1),
           exists (select from closed_addresses where recipient = any ($6::text[]) and channel = $2))"};

// A message that arrived opens an address which was closed before it was sent.
constexpr db::Statement move_delivery{"message_delivery_move", R"(
    with moved as (
        update message_deliveries
        set state = $3::text, provider_id = case when provider_id = '' then $4::text else provider_id end,
            reason = $5, changed_at = $6
        where key = $1 and channel = $2 and state = any ($7::text[])
          and (provider_id = '' or $4::text = '' or provider_id = $4::text)
        returning recipient, channel, created_at
    ), closed as (
        insert into closed_addresses (recipient, channel, why, since)
        select recipient, channel, $3::text, $6 from moved where $3::text in ('unknown_recipient', 'unsubscribed')
        on conflict (recipient, channel) do update set why = excluded.why, since = excluded.since
    ), opened as (
        delete from closed_addresses c using moved m
        where $3::text = 'delivered' and c.recipient = m.recipient and c.channel = m.channel and c.since <= m.created_at
    )
    select count(*) from moved)"};

constexpr db::Statement withhold_delivery{"message_delivery_withhold", R"(
    update message_deliveries set state = 'withheld', reason = $3, changed_at = $2 where key = $1 and state = 'sending')"};

constexpr platform::PruningRule rules[] = {
    {{"prune_message_deliveries", R"(
        delete from message_deliveries where key = any (array(
            select key from message_deliveries where created_at < $1 order by created_at limit $2)))"},
     24h * 90},
    // The number or address may have another owner by then.
    {{"prune_closed_addresses", R"(
        delete from closed_addresses where (recipient, channel) in (
            select recipient, channel from closed_addresses where since < $1 order by since limit $2))"},
     24h * 180},
    // What could not be sent in two days is news no more.
    {{"prune_quiet_letters", R"(
        delete from quiet_letters where id = any (array(
            select id from quiet_letters where due_at < $1 order by due_at, id limit $2)))"},
     24h * 2},
    // Of sessions that have ended.
    {{"prune_push_subscriptions", R"(
        delete from push_subscriptions where id = any (array(
            select p.id from push_subscriptions p
            where p.created_at < $1
              and not exists (select from sessions s where s.id = p.session_id and s.revoked_at is null)
            order by p.created_at limit $2)))"},
     24h},
};

}  // namespace

Task<DeliveryLog::Standing> DeliveryLog::depart(Departure departure) {
    const std::string channel(enum_name(departure.channel));
    const db::Rows rows =
        co_await database_.query(enter_departure, departure.key, channel, departure.pseudonyms.front(),
                                 departure.template_name, clock_.now(), departure.pseudonyms);
    co_return Standing{.known = rows[0].get<bool>(0), .begun = rows[0].get<bool>(1), .closed = rows[0].get<bool>(2)};
}

Task<bool> DeliveryLog::record(std::string key, Channel channel, Receipt receipt) {
    const db::Rows moved = co_await database_.query(move_delivery, key, std::string(enum_name(channel)),
                                                    std::string(enum_name(receipt.outcome)), receipt.provider_id,
                                                    receipt.reason, clock_.now(), states_before(receipt.outcome));
    co_return moved[0].get<std::int64_t>(0) > 0;
}

Task<void> DeliveryLog::withhold(std::string key, std::string why) {
    co_await database_.query(withhold_delivery, key, clock_.now(), why);
}

// A mail may bounce, or be called spam, after a server has taken it.
std::vector<std::string> states_before(Receipt::Outcome outcome) {
    std::vector<std::string> before{"sending"};
    if (outcome != Receipt::Outcome::accepted) before.emplace_back("accepted");
    if (outcome != Receipt::Outcome::accepted && outcome != Receipt::Outcome::delivered)
        before.emplace_back("delivered");
    return before;
}

std::vector<platform::PruningRule> delivery_pruning_rules() {
    return {std::begin(rules), std::end(rules)};
}

}  // namespace safargo::notifications
