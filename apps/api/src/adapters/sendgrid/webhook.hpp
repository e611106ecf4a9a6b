// SendGrid's signed event webhook: batches of events in JSON, signed with a key of which we know the public half.
#pragma once

#include "core/clock.hpp"
#include "core/vendor_signatures.hpp"
#include "ports/delivery_reports.hpp"

#include <string_view>

namespace safargo::sendgrid {

class SendGridReports final : public DeliveryReports {
public:
    // `public_key`: as SendGrid shows it, base64. Throws std::invalid_argument for anything else.
    SendGridReports(std::string_view public_key, const Clock& clock);
    std::optional<std::vector<DeliveryReport>> read(const WebhookCall& call) const override;

private:
    crypto::P256PublicKey key_;
    const Clock& clock_;
};

// Of one batch, without those that concern other mail of the account or nothing that we use; nullopt if it is no batch.
std::optional<std::vector<DeliveryReport>> read_events(std::string_view body);

}  // namespace safargo::sendgrid
