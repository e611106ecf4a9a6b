// Carries a finished message to a person: one adapter per channel. A vendor's, or the dev outbox.
#pragma once

#include "core/language.hpp"
#include "core/task.hpp"
#include "core/time.hpp"

#include <boost/describe/enum.hpp>

#include <optional>
#include <string>

namespace safargo {

enum class Channel { sms, email, push };
BOOST_DESCRIBE_ENUM(Channel, sms, email, push)

struct Delivery {
    // Idempotency key: delivering it again sends nothing twice if the vendor can tell. The adapter passes it on (in a
    // callback URL, as a custom argument), so that later delivery reports find the message.
    std::string key;
    std::string to;  // E.164 for SMS, an email address for mail, the address of a browser's push service for push
    std::string template_name;
    Language language = Language::fr;
    std::string subject;  // "" for SMS
    std::string text;
    // An earlier attempt may have got through without an answer: an adapter that can query the vendor does so first.
    bool tried_before = false;
    std::optional<Instant> written_at{};  // no attempt was earlier
    std::optional<Instant> expires_at{};  // useless from then on; the vendor need not keep it longer
    // Of a browser (RFC 8291): its public key, 65 bytes, and its secret, 16.
    std::string browser_key{}, browser_secret{};
};

// The provider's answer for one message. A result not yet known (an SMS still under way) is reported later.
struct Receipt {
    enum class Outcome {
        accepted,           // the provider will try: queued, sent
        delivered,          // the recipient has it
        unknown_recipient,  // refused for good: the number, address or subscription does not exist
        unsubscribed,       // refused for good: the recipient has opted out of this channel
        rejected            // refused for good: the provider does not carry such a message, or not to this destination
    };
    BOOST_DESCRIBE_NESTED_ENUM(Outcome, accepted, delivered, unknown_recipient, unsubscribed, rejected)

    Outcome outcome = Outcome::accepted;
    std::string provider_id{};  // the provider's id of the message; "" if it returned none
    std::string reason{};       // of a refusal, the provider's own code ("21211"): never a recipient or a text

    bool refused() const { return outcome != Outcome::accepted && outcome != Outcome::delivered; }
};

// The messenger of one channel.
class Messenger {
public:
    virtual ~Messenger() = default;
    // A permanent refusal is a receipt. Temporary failures (no answer, too many requests, our own credentials) are
    // thrown as DependencyUnavailable or DeadlineExceeded; the outbox tries again.
    virtual Task<Receipt> deliver(Delivery delivery) = 0;
};

// The messengers of this process. Features that need a missing one answer feature_unavailable.
struct Messengers {
    Messenger* sms = nullptr;
    Messenger* email = nullptr;
    Messenger* push = nullptr;

    Messenger* serving(Channel channel) const {
        if (channel == Channel::push) return push;
        return channel == Channel::sms ? sms : email;
    }
};

}  // namespace safargo
