#include "features/notifications/service.hpp"

#include "contract/json.hpp"
#include "features/notifications/templates.hpp"

#include <stdexcept>

namespace safargo::notifications {
namespace {

// A stored message is read back by this process or a newer one: fields may be added, not renamed.
struct Waiting {
    Text<254> to;
    Text<64> template_name;
    Text<2> language;
    contract::List<Text<500, 0>, 0, 8> parameters;
};
BOOST_DESCRIBE_STRUCT(Waiting, (), (to, template_name, language, parameters))

struct Outgoing {
    std::string to, template_name, language;
    std::vector<std::string> parameters;
};
BOOST_DESCRIBE_STRUCT(Outgoing, (), (to, template_name, language, parameters))

}  // namespace

Channel channel_of(std::string_view identifier) {
    return identifier.starts_with('+') ? Channel::sms : Channel::email;
}

Notifications::Notifications(Messenger& messenger, std::string_view jwt_secret)
    : messenger_(messenger), key_(crypto::derive_key(jwt_secret, "outbox")) {}

Task<void> Notifications::send(db::Transaction& tx, Notification notification, Instant now) {
    const Outgoing outgoing{notification.to, notification.template_name, std::string(code(notification.language)),
                            std::move(notification.parameters)};
    // The key must not name the person either: an outbox row may live for days.
    const std::string recipient = crypto::hex(crypto::view(crypto::hmac_sha256(key_, notification.to)).substr(0, 8));
    std::optional<std::string> once;
    if (notification.event) {
        once = std::to_string(*notification.event) + ':' + notification.template_name + ':' + recipient;
    }
    co_await db::enqueue(tx,
                         {.ordering_key = "to:" + recipient,
                          .kind = "notification.deliver",
                          .payload = crypto::base64url(crypto::seal(key_, contract::to_json(outgoing))),
                          .expires_at = notification.expires_at,
                          .dedupe_key = std::move(once)},
                         now, now);
}

Task<void> Notifications::deliver(db::OutboxMessage message) {
    const auto sealed = crypto::from_base64url(message.payload);
    const auto opened = sealed ? crypto::open(key_, *sealed) : std::nullopt;
    if (!opened) throw std::runtime_error("a waiting message cannot be opened: was JWT_SECRET changed?");
    const auto waiting = contract::parse_json<Waiting>(*opened);
    if (!waiting) throw std::runtime_error("a waiting message cannot be read");

    std::vector<std::string> parameters;
    for (const auto& parameter : waiting->parameters) parameters.push_back(parameter.str());
    const Language language = negotiate_language(waiting->language.str());
    Rendered rendered = render(waiting->template_name.str(), language, parameters);
    const Channel channel = channel_of(waiting->to.str());
    co_await messenger_.deliver({.key = "outbox:" + std::to_string(message.id),
                                 .channel = channel,
                                 .to = waiting->to.str(),
                                 .template_name = waiting->template_name.str(),
                                 .language = language,
                                 .subject = channel == Channel::email ? std::move(rendered.subject) : std::string(),
                                 .text = std::move(rendered.text)});
}

db::OutboxRoute Notifications::outbox_route() {
    return {"notification.deliver", [this](db::OutboxMessage message) { return deliver(std::move(message)); },
            db::GivingUp::forgets};
}

}  // namespace safargo::notifications
