#include "app/message_vendors.hpp"

#include "core/crypto.hpp"
#include "http/loopback_name.hpp"

#include <string_view>

namespace safargo::app {
namespace {

std::string_view host_of(std::string_view origin) {
    const std::size_t scheme = origin.find("://");
    return scheme == origin.npos ? origin : origin.substr(scheme + 3);
}

twilio::Account twilio_account(const Config& config) {
    return {.sid = config.twilio_account_sid,
            .auth_token = config.twilio_auth_token,
            .from = config.twilio_from,
            .api_base = config.twilio_api_base,
            .callback = webhook_address(config.public_url, config.twilio_api_base, "twilio")};
}

sendgrid::Account sendgrid_account(const Config& config) {
    return {.api_key = config.sendgrid_api_key, .from = config.sendgrid_from, .api_base = config.sendgrid_api_base};
}

// Without the vendor the rest of the service works; messages wait in the outbox.
platform::HealthCheck vendor_check(std::string name, const net::VendorStatus& status) {
    return {std::move(name), [&status] {
                const bool up = status.up();
                return platform::HealthFinding{
                    .shown = contract::to_json(platform::DependencyStatus{up ? "ok" : "down", status.latency_ms()}),
                    .health = up ? platform::Health::ok : platform::Health::degraded};
            }};
}

}  // namespace

std::string webhook_address(const std::string& public_url, const std::string& vendor_base, const std::string& vendor) {
    const bool unreachable =
        http::is_loopback_name(host_of(public_url)) && !http::is_loopback_name(host_of(vendor_base));
    if (public_url.empty() || unreachable) return {};
    return public_url + "/api/v1/notifications/webhook/" + vendor;
}

MessageVendors::MessageVendors(Shared& shared, const boost::asio::any_io_executor& executor, db::Database& database)
    : shared_(shared),
      dev_sms_(database, shared.clock, Channel::sms),
      dev_mail_(database, shared.clock, Channel::email) {
    if (!shared.config.twilio_account_sid.empty()) connect_twilio(executor);
    if (!shared.config.sendgrid_api_key.empty()) connect_sendgrid(executor);
    if (!shared.config.vapid_private_key.empty()) connect_webpush(executor);
}

void MessageVendors::connect_twilio(const boost::asio::any_io_executor& executor) {
    const Config& config = shared_.config;
    twilio_.emplace(executor, net::ClientOptions{.ca_file = config.ca_file}, twilio_account(config), shared_.clock,
                    shared_.twilio);
    twilio_reports_.emplace(twilio_account(config));
}

void MessageVendors::connect_sendgrid(const boost::asio::any_io_executor& executor) {
    const Config& config = shared_.config;
    sendgrid_.emplace(executor, net::ClientOptions{.ca_file = config.ca_file}, sendgrid_account(config),
                      shared_.sendgrid);
    if (!config.sendgrid_webhook_key.empty()) sendgrid_reports_.emplace(config.sendgrid_webhook_key, shared_.clock);
}

// Its hosts are chosen by those who subscribe: none of them may hold a message for long, nor say anything of our
// health.
void MessageVendors::connect_webpush(const boost::asio::any_io_executor& executor) {
    const Config& config = shared_.config;
    const auto number = crypto::from_base64url(config.vapid_private_key);
    webpush::Sender sender{.key = crypto::P256PrivateKey(number.value_or("")), .contact = config.vapid_contact};
    push_key_ = sender.public_key();
    webpush_.emplace(
        executor,
        net::ClientOptions{.patience = std::chrono::seconds{3}, .connections_per_host = 4, .ca_file = config.ca_file},
        std::move(sender), shared_.clock);
}

// Production reports a missing vendor instead of pretending to send.
Messengers MessageVendors::messengers() {
    Messengers found;
    if (shared_.config.development()) found = {.sms = &dev_sms_, .email = &dev_mail_};
    if (twilio_) found.sms = &*twilio_;
    if (sendgrid_) found.email = &*sendgrid_;
    if (webpush_) found.push = &*webpush_;
    return found;
}

std::string MessageVendors::push_key() const {
    return push_key_;
}

DeliveryReporters MessageVendors::reporters() const {
    return {.twilio = twilio_reports_ ? &*twilio_reports_ : nullptr,
            .sendgrid = sendgrid_reports_ ? &*sendgrid_reports_ : nullptr};
}

platform::HealthCheck MessageVendors::sms_check() const {
    return twilio_ ? vendor_check("twilio", shared_.twilio) : platform::disabled("twilio");
}

platform::HealthCheck MessageVendors::mail_check() const {
    return sendgrid_ ? vendor_check("sendgrid", shared_.sendgrid) : platform::disabled("sendgrid");
}

}  // namespace safargo::app
