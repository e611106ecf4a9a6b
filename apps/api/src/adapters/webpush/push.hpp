// Messages to browsers by the push service that each has named.
#pragma once

#include "adapters/webpush/vapid.hpp"
#include "core/clock.hpp"
#include "net/client.hpp"
#include "ports/messenger.hpp"

#include <boost/asio/any_io_executor.hpp>

namespace safargo::webpush {

class WebPush final : public Messenger {
public:
    // Which services are asked is up to those who subscribe: only a test may let them be where it likes.
    enum class Reach { public_hosts, anywhere };
    WebPush(boost::asio::any_io_executor executor, net::ClientOptions options, Sender sender, const Clock& clock,
            Reach reach = Reach::public_hosts);

    // unknown_recipient: the subscription has ended, or was none. A repetition has the topic of what it repeats, which
    // it replaces as long as the browser has not fetched it.
    Task<Receipt> deliver(Delivery delivery) override;

private:
    net::Client client_;
    Sender sender_;
    const Clock& clock_;
    Reach reach_;
};

}  // namespace safargo::webpush
