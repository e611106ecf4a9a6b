// The vendors' webhooks: what they say about messages, taken only if it is certainly theirs.
#pragma once

#include "core/result.hpp"
#include "core/task.hpp"
#include "features/notifications/delivery_log.hpp"
#include "ports/delivery_reports.hpp"

#include <boost/describe/class.hpp>

#include <string>

namespace safargo::notifications {

struct ReportTaken {
    bool taken = true;
};
BOOST_DESCRIBE_STRUCT(ReportTaken, (), (taken))

class Reports {
public:
    Reports(DeliveryLog& log, DeliveryReporters reporters) : log_(log), reporters_(reporters) {}

    // feature_unavailable without the vendor; malformed_request, and nothing stored, for what is not the vendor's,
    // stale or unreadable. What is known already, or concerns no message of ours, is taken without an effect.
    Task<Result<ReportTaken>> take_twilio(WebhookCall call);
    Task<Result<ReportTaken>> take_sendgrid(WebhookCall call);

private:
    Task<Result<ReportTaken>> take(const char* vendor, Channel channel, const DeliveryReports* reader,
                                   WebhookCall call);

    DeliveryLog& log_;
    DeliveryReporters reporters_;
};

}  // namespace safargo::notifications
