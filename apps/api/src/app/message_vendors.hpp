// Who carries one thread's SMS and mail: the vendor if configured, otherwise the dev outbox in development, otherwise
// nobody. Messages to browsers are carried if there is a key to sign them with.
#pragma once

#include "adapters/dev_outbox/dev_messenger.hpp"
#include "adapters/sendgrid/mail.hpp"
#include "adapters/sendgrid/webhook.hpp"
#include "adapters/twilio/sms.hpp"
#include "adapters/twilio/webhook.hpp"
#include "adapters/webpush/push.hpp"
#include "app/shared.hpp"
#include "platform/health_check.hpp"
#include "ports/delivery_reports.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <optional>
#include <string>

namespace safargo::app {

class MessageVendors {
public:
    MessageVendors(Shared& shared, const boost::asio::any_io_executor& executor, db::Database& database);

    Messengers messengers();
    DeliveryReporters reporters() const;
    std::string push_key() const;              // what browsers subscribe with; "" without web push
    platform::HealthCheck sms_check() const;   // "twilio"
    platform::HealthCheck mail_check() const;  // "sendgrid"

private:
    void connect_twilio(const boost::asio::any_io_executor& executor);
    void connect_sendgrid(const boost::asio::any_io_executor& executor);
    void connect_webpush(const boost::asio::any_io_executor& executor);

    Shared& shared_;
    dev_outbox::DevMessenger dev_sms_, dev_mail_;
    std::optional<twilio::TwilioSms> twilio_;
    std::optional<twilio::TwilioReports> twilio_reports_;
    std::optional<sendgrid::SendGridMail> sendgrid_;
    std::optional<sendgrid::SendGridReports> sendgrid_reports_;
    std::string push_key_;
    std::optional<webpush::WebPush> webpush_;
};

// Where a vendor reports deliveries: below `public_url`; "" if there is none, or if it names this machine while the
// vendor is elsewhere.
std::string webhook_address(const std::string& public_url, const std::string& vendor_base, const std::string& vendor);

}  // namespace safargo::app
