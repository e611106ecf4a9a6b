// Twilio's status callbacks: form-encoded, signed with our token.
#pragma once

#include "adapters/twilio/account.hpp"
#include "ports/delivery_reports.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace safargo::twilio {

using Parameters = std::vector<std::pair<std::string, std::string>>;

enum class Digest { sha1, sha256 };

// What Twilio signs a call with: the digest, keyed with the token, of the URL and of the names and values of the form
// in the order of the names. In base64.
std::string signature_of(std::string_view token, Digest digest, std::string_view url, Parameters form);

// The URL again, without its port if it names the default of its scheme, and with it if it names none: Twilio signs
// either. The same URL if it has another port.
std::string other_spelling(std::string_view url);

class TwilioReports final : public DeliveryReports {
public:
    explicit TwilioReports(Account account) : account_(std::move(account)) {}
    std::optional<std::vector<DeliveryReport>> read(const WebhookCall& call) const override;

private:
    bool is_signed(const WebhookCall& call, const Parameters& form) const;

    Account account_;
};

}  // namespace safargo::twilio
