#include "adapters/sendgrid/mail.hpp"

#include "adapters/sendgrid/outcomes.hpp"
#include "contract/writer.hpp"
#include "core/failures.hpp"

#include <chrono>

namespace safargo::sendgrid {
namespace {

constexpr const char* vendor = "sendgrid";
constexpr std::size_t longest_answer = 64UZ * 1024;  // bytes
constexpr std::size_t longest_id = 100;              // bytes

DependencyUnavailable unavailable(const char* why) {
    return {vendor, why};
}

const char* reason_of(int status) {
    if (status == 401 || status == 403) return "it refuses our key or sender";
    if (status == 429) return "it has too much to do";
    return status < 500 ? "it answers what it should not" : "it failed";
}

template <class Write>
void object(contract::Writer& out, Write write) {
    out.begin_object();
    write();
    out.end_object();
}

template <class Write>
void member(contract::Writer& out, std::string_view key, Write write) {
    out.key(key);
    object(out, write);
}

template <class Write>
void only_item(contract::Writer& out, std::string_view key, Write write) {
    out.key(key);
    out.begin_array();
    object(out, write);
    out.end_array();
}

void text(contract::Writer& out, std::string_view key, std::string_view value) {
    out.key(key);
    out.string(value);
}

// Nobody is followed: SendGrid would rewrite links and add a picture that tells who opens the mail.
constexpr const char* no_tracking =
    R"({"click_tracking":{"enable":false,"enable_text":false},"open_tracking":{"enable":false}})";

std::string body_of(const Delivery& delivery, const std::string& from) {
    std::string body;
    contract::Writer out(body);
    object(out, [&] {
        only_item(out, "personalizations", [&] {
            only_item(out, "to", [&] { text(out, "email", delivery.to); });
            member(out, "custom_args", [&] { text(out, key_argument, delivery.key); });
        });
        member(out, "from", [&] { text(out, "email", from); });
        text(out, "subject", delivery.subject);
        only_item(out, "content", [&] {
            text(out, "type", "text/plain");
            text(out, "value", delivery.text);
        });
        out.key("tracking_settings");
        out.raw(no_tracking);
    });
    return body;
}

// It becomes a column and a log field.
std::string id_in(const net::Response& response) {
    const std::string_view id = response.header("X-Message-Id");
    return id.size() <= longest_id ? std::string(id) : std::string();
}

}  // namespace

SendGridMail::SendGridMail(boost::asio::any_io_executor executor, net::ClientOptions options, Account account,
                           net::VendorStatus& status)
    : client_(std::move(executor), std::move(options)), account_(std::move(account)), status_(status) {}

Task<Receipt> SendGridMail::deliver(Delivery delivery) {
    return net::watched(status_, send(std::move(delivery)));
}

Task<Receipt> SendGridMail::send(Delivery delivery) {
    const net::Response response = co_await client_.send({.vendor = vendor,
                                                          .operation = "send_mail",
                                                          .method = "POST",
                                                          .url = account_.api_base + "/v3/mail/send",
                                                          .headers = {{"Accept", "application/json"},
                                                                      {"Authorization", "Bearer " + account_.api_key},
                                                                      {"Content-Type", "application/json"}},
                                                          .body = body_of(delivery, account_.from),
                                                          .max_answer = longest_answer});
    if (response.status == 202) co_return Receipt{.provider_id = id_in(response)};
    if (response.status != 400 && response.status != 413) throw unavailable(reason_of(response.status));
    auto refusal = refusal_of(response.status, response.body);
    if (!refusal) throw unavailable("it refuses our key or sender");
    co_return std::move(*refusal);
}

}  // namespace safargo::sendgrid
