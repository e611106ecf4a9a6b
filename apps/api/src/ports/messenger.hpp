// Who carries a finished message to a person: one adapter per channel. The dev outbox now, SMS and mail vendors later.
#pragma once

#include "core/language.hpp"
#include "core/task.hpp"
#include "core/time.hpp"

#include <boost/describe/enum.hpp>

#include <optional>
#include <string>

namespace safargo {

enum class Channel { sms, email };
BOOST_DESCRIBE_ENUM(Channel, sms, email)

struct Delivery {
    // The same key again delivers nothing twice, where the vendor can tell. An adapter passes it on (in the address of
    // a callback, as a custom argument), so that what the vendor reports later finds the message.
    std::string key;
    std::string to;  // E.164 for SMS, an email address for mail
    std::string template_name;
    Language language = Language::fr;
    std::string subject;  // "" for SMS
    std::string text;
    // An earlier try may have got through although nobody heard of it: whoever can ask the vendor asks first.
    bool tried_before = false;
    std::optional<Instant> expires_at{};  // of no use from then on; a vendor need not keep it longer
};

// What a provider said of one message. What it does not know yet (an SMS that no phone took) it reports later.
struct Receipt {
    enum class Outcome {
        accepted,           // the provider will try: queued, sent
        delivered,          // it is there
        unknown_recipient,  // refused for good: there is no such number, address or subscription
        unsubscribed,       // refused for good: this recipient wants nothing from us on this channel
        rejected            // refused for good: the provider does not carry such a message, or not to there
    };
    BOOST_DESCRIBE_NESTED_ENUM(Outcome, accepted, delivered, unknown_recipient, unsubscribed, rejected)

    Outcome outcome = Outcome::accepted;
    std::string provider_id{};  // what the provider calls the message; "" where it gave no name
    std::string reason{};       // of a refusal, the provider's own code ("21211"): never a recipient or a text

    bool refused() const { return outcome != Outcome::accepted && outcome != Outcome::delivered; }
};

// The messenger of one channel.
class Messenger {
public:
    virtual ~Messenger() = default;
    // A refusal that would be the same tomorrow is a receipt. What may pass (no answer, too many requests, our own
    // credentials) is thrown as DependencyUnavailable or DeadlineExceeded; the outbox tries again.
    virtual Task<Receipt> deliver(Delivery delivery) = 0;
};

// Who serves which channel in this process. Where nobody does, the features that need it answer feature_unavailable.
struct Messengers {
    Messenger* sms = nullptr;
    Messenger* email = nullptr;

    Messenger* serving(Channel channel) const { return channel == Channel::sms ? sms : email; }
};

}  // namespace safargo
