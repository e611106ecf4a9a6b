// What vendors tell us later about messages that they took, by calling our webhook: one reader per vendor.
#pragma once

#include "ports/messenger.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo {

// A call of the webhook as it arrived. Anyone may make one.
struct WebhookCall {
    std::string_view query;  // still percent-encoded
    std::string_view body;
    std::function<std::string_view(std::string_view name)> header;  // case-insensitive; "" if absent
};

struct DeliveryReport {
    std::string key;  // of the delivery
    Receipt receipt;
};

class DeliveryReports {
public:
    virtual ~DeliveryReports() = default;
    // What the call says, perhaps nothing that we use; nullopt if it is forged, stale, another account's or unreadable.
    virtual std::optional<std::vector<DeliveryReport>> read(const WebhookCall& call) const = 0;
};

// The readers of this process; null where the vendor is not configured.
struct DeliveryReporters {
    const DeliveryReports* twilio = nullptr;
    const DeliveryReports* sendgrid = nullptr;
};

}  // namespace safargo
