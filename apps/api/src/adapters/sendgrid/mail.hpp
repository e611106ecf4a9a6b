// Mail by SendGrid (API v3). It has no idempotency key and cannot be asked for a mail, so that after an unknown outcome
// a mail may come twice.
#pragma once

#include "adapters/sendgrid/account.hpp"
#include "net/client.hpp"
#include "net/vendor_status.hpp"
#include "ports/messenger.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace safargo::sendgrid {

// The name of the argument that carries our key to SendGrid and back in its events.
inline constexpr const char* key_argument = "safargo_key";

class SendGridMail final : public Messenger {
public:
    SendGridMail(boost::asio::any_io_executor executor, net::ClientOptions options, Account account,
                 net::VendorStatus& status);

    Task<Receipt> deliver(Delivery delivery) override;

private:
    Task<Receipt> send(Delivery delivery);

    net::Client client_;
    Account account_;
    net::VendorStatus& status_;
};

}  // namespace safargo::sendgrid
