// What a payment provider tells us by itself. A notice is a reason to look at the provider (payment_provider.hpp): it
// may come twice, late, in any order, or never.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace safargo {

struct PaymentNotice {
    std::string event;    // the provider's id of it, the same when it is sent again
    std::string kind;     // in the provider's words
    std::string payment;  // ours, as its attempt carries it; "" if the notice is about something else
};

class PaymentNotices {
public:
    virtual ~PaymentNotices() = default;
    // nullopt: forged, stale, or no event of that provider.
    virtual std::optional<PaymentNotice> read(std::string_view signature, std::string_view body) const = 0;
};

}  // namespace safargo
