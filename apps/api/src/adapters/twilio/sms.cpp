#include "adapters/twilio/sms.hpp"

#include "adapters/twilio/answers.hpp"
#include "adapters/twilio/outcomes.hpp"
#include "core/base64.hpp"
#include "core/failures.hpp"
#include "core/percent_encoding.hpp"

#include <algorithm>

namespace safargo::twilio {
namespace {

constexpr const char* vendor = "twilio";
constexpr std::size_t looked_through = 50;                    // a recipient's newest messages
constexpr std::size_t longest_answer = std::size_t{2} << 20;  // bytes
constexpr std::chrono::seconds clocks_differ{10};             // at most, Twilio's and ours

DependencyUnavailable unavailable(const std::string& why) {
    return {vendor, why};
}

const char* reason_of(int status) {
    if (status == 401 || status == 403) return "it refuses our credentials";
    if (status == 404) return "it does not know our account";
    if (status == 429) return "it has too much to do";
    return status < 500 ? "it answers what it should not" : "it failed";
}

// What a reading of its answer gives; an unreadable one is a failure of the system.
template <class Read>
auto read(Read reading) {
    try {
        return reading();
    } catch (const BadAnswer& bad) {
        throw unavailable(bad.what());
    }
}

void add(std::string& form, std::string_view name, std::string_view value) {
    if (!form.empty()) form += '&';
    form.append(name).append("=").append(percent_encode(value));
}

// Twilio keeps a message between a second and ten hours.
std::int64_t seconds_left(Instant until, Instant now) {
    return std::clamp<std::int64_t>(std::chrono::floor<std::chrono::seconds>(until - now).count(), 1, 36'000);
}

bool is_service(std::string_view sender) {
    return sender.size() == 34 && sender.starts_with("MG");
}

// The time is compared since a person may get the same words twice. A trial account puts some of its own before ours.
bool is_the_same(const Message& message, const Delivery& delivery) {
    const bool recent =
        !delivery.written_at || !message.created_at || *message.created_at >= *delivery.written_at - clocks_differ;
    return recent && message.direction.starts_with("outbound") && message.to == delivery.to &&
           message.body.ends_with(delivery.text);
}

Receipt receipt_for(const Message& message) {
    Receipt receipt = receipt_of(message.status, message.error_code);
    receipt.provider_id = message.sid;
    return receipt;
}

}  // namespace

TwilioSms::TwilioSms(boost::asio::any_io_executor executor, net::ClientOptions options, Account account,
                     const Clock& clock, net::VendorStatus& status)
    : client_(std::move(executor), std::move(options)), account_(std::move(account)), clock_(clock), status_(status) {}

Task<Receipt> TwilioSms::deliver(Delivery delivery) {
    return net::watched(status_, deliver_once(std::move(delivery)));
}

Task<Receipt> TwilioSms::deliver_once(Delivery delivery) {
    if (delivery.tried_before) {
        if (const auto found = co_await find(delivery)) co_return *found;
    }
    co_return co_await send(std::move(delivery));
}

// The list is asked for without dates: a message that is still queued has not been sent on any.
Task<std::optional<Receipt>> TwilioSms::find(Delivery delivery) {
    Call call{.operation = "list_messages", .method = "GET"};
    add(call.query, "To", delivery.to);
    add(call.query, "PageSize", std::to_string(looked_through));
    const net::Response response = co_await ask(std::move(call));
    if (response.status != 200) throw unavailable(reason_of(response.status));
    const auto messages = read([&] { return read_messages(response.body, looked_through); });
    const auto same =
        std::ranges::find_if(messages, [&](const Message& message) { return is_the_same(message, delivery); });
    if (same == messages.end()) co_return std::nullopt;
    co_return receipt_for(*same);
}

Task<Receipt> TwilioSms::send(Delivery delivery) {
    Call call{.operation = "create_message", .method = "POST"};
    add(call.body, "To", delivery.to);
    add(call.body, is_service(account_.from) ? "MessagingServiceSid" : "From", account_.from);
    add(call.body, "Body", delivery.text);
    if (!account_.callback.empty())
        add(call.body, "StatusCallback", account_.callback + "?key=" + percent_encode(delivery.key));
    if (delivery.expires_at)
        add(call.body, "ValidityPeriod", std::to_string(seconds_left(*delivery.expires_at, clock_.now())));
    const net::Response response = co_await ask(std::move(call));
    if (response.status == 201) co_return receipt_for(read([&] { return read_message(response.body); }));
    if (response.status != 400) throw unavailable(reason_of(response.status));
    const std::int64_t code = read([&] { return read_problem(response.body); });
    const auto refusal = refusal_of(code);
    if (!refusal) throw unavailable("it refuses our account or sender, code " + std::to_string(code));
    co_return Receipt{.outcome = *refusal, .reason = std::to_string(code)};
}

Task<net::Response> TwilioSms::ask(Call call) {
    std::string url = account_.api_base + "/2010-04-01/Accounts/" + percent_encode(account_.sid) + "/Messages.json";
    if (!call.query.empty()) url += '?' + call.query;
    const bool reads = call.body.empty();
    net::Request request{.vendor = vendor,
                         .operation = call.operation,
                         .method = call.method,
                         .url = std::move(url),
                         .headers = {{"Accept", "application/json"},
                                     {"Authorization", "Basic " + base64(account_.sid + ':' + account_.auth_token)}},
                         .body = std::move(call.body),
                         .repeatable = reads,
                         .max_answer = longest_answer};
    if (!reads) request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    co_return co_await client_.send(std::move(request));
}

}  // namespace safargo::twilio
