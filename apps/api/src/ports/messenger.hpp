// Who carries a finished message to a person: SMS and mail vendors later, the dev outbox now.
#pragma once

#include "core/language.hpp"
#include "core/task.hpp"

#include <boost/describe/enum.hpp>

#include <string>

namespace safargo {

enum class Channel { sms, email };
BOOST_DESCRIBE_ENUM(Channel, sms, email)

struct Delivery {
    std::string key;  // the same key again delivers nothing twice, where the vendor can tell
    Channel channel = Channel::sms;
    std::string to;  // E.164 or an email address
    std::string template_name;
    Language language = Language::fr;
    std::string subject;  // "" for SMS
    std::string text;
};

class Messenger {
public:
    virtual ~Messenger() = default;
    // False where no vendor is configured: the features that need it answer feature_unavailable.
    virtual bool serves(Channel channel) const = 0;
    // Throws DependencyUnavailable when the vendor did not take it; the outbox tries again.
    virtual Task<void> deliver(Delivery delivery) = 0;
};

}  // namespace safargo
