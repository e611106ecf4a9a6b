#include "features/notifications/reports.hpp"

#include "contract/described.hpp"
#include "core/logging.hpp"
#include "core/metrics.hpp"

#include <algorithm>

namespace safargo::notifications {
namespace {

// What a column and a log line take.
bool is_plain(std::string_view text) {
    constexpr std::size_t longest = 100;
    return text.size() <= longest && std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

void count(const char* vendor, const char* result) {
    metrics::counter("safargo_message_reports_total", "Calls of vendors' webhooks about messages",
                     {{"vendor", vendor}, {"result", result}})
        .add();
}

}  // namespace

Task<Result<ReportTaken>> Reports::take_twilio(WebhookCall call) {
    return take("twilio", Channel::sms, reporters_.twilio, std::move(call));
}

Task<Result<ReportTaken>> Reports::take_sendgrid(WebhookCall call) {
    return take("sendgrid", Channel::email, reporters_.sendgrid, std::move(call));
}

// Each report is recorded by itself, so that a call that is repeated after a failure goes on where it was.
Task<Result<ReportTaken>> Reports::take(const char* vendor, Channel channel, const DeliveryReports* reader,
                                        WebhookCall call) {
    if (reader == nullptr) co_return fail(Code::feature_unavailable);
    const auto reports = reader->read(call);
    if (!reports) {
        count(vendor, "refused");
        co_return fail(Code::malformed_request);
    }
    bool moved = false;
    for (const DeliveryReport& report : *reports) {
        const Receipt& receipt = report.receipt;
        if (!is_plain(report.key) || !is_plain(receipt.provider_id) || !is_plain(receipt.reason)) continue;
        moved |= co_await log_.record(report.key, channel, receipt);
    }
    count(vendor, moved ? "news" : "known");
    co_return ReportTaken{};
}

}  // namespace safargo::notifications
