// SMS by Twilio's Messages resource (API 2010-04-01).
#pragma once

#include "adapters/twilio/account.hpp"
#include "core/clock.hpp"
#include "net/client.hpp"
#include "net/vendor_status.hpp"
#include "ports/messenger.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <optional>
#include <string>

namespace safargo::twilio {

class TwilioSms final : public Messenger {
public:
    TwilioSms(boost::asio::any_io_executor executor, net::ClientOptions options, Account account, const Clock& clock,
              net::VendorStatus& status);

    // Twilio has no idempotency key: after an earlier attempt the message is looked for first, among those to its
    // recipient, and nothing is sent while that cannot be done.
    Task<Receipt> deliver(Delivery delivery) override;

private:
    struct Call {
        const char* operation;
        const char* method;
        std::string query{}, body{};
    };

    Task<Receipt> deliver_once(Delivery delivery);
    Task<std::optional<Receipt>> find(Delivery delivery);
    Task<Receipt> send(Delivery delivery);
    Task<net::Response> ask(Call call);

    net::Client client_;
    Account account_;
    const Clock& clock_;
    net::VendorStatus& status_;
};

}  // namespace safargo::twilio
