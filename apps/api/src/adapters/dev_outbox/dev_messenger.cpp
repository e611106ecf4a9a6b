#include "adapters/dev_outbox/dev_messenger.hpp"

#include "core/uuid.hpp"

namespace safargo::dev_outbox {
namespace {

constexpr db::Statement insert_message{"dev_message_insert", R"(
    insert into dev_messages (id, delivery_key, channel, recipient, template, locale, subject, text, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (delivery_key) do update set delivery_key = excluded.delivery_key returning id::text)"};

}  // namespace

Task<Receipt> DevMessenger::deliver(Delivery delivery) {
    const Instant now = clock_.now();
    const std::string channel = channel_ == Channel::sms ? "sms" : "email";
    const db::Rows shown = co_await database_.query(insert_message, Uuid::v7(now), delivery.key, channel, delivery.to,
                                                    delivery.template_name, std::string(code(delivery.language)),
                                                    delivery.subject, delivery.text, now);
    co_return Receipt{.outcome = Receipt::Outcome::delivered, .provider_id = shown[0].get<std::string>(0)};
}

}  // namespace safargo::dev_outbox
