#include "adapters/twilio/double_test.hpp"

#include "contract/query.hpp"
#include "core/base64.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>

namespace safargo::twilio {
namespace {

namespace json = boost::json;
using testing::Answer;
using testing::Asked;

constexpr const char* path = "/2010-04-01/Accounts/{AccountSid}/Messages.json";
constexpr const char* sid = "AC0123456789abcdef0123456789abcdef";
constexpr const char* token = "b7d1c9e25f3a48061c2d9e7f5a8b3c60";

json::value read_spec() {
    std::ifstream in(SAFARGO_TWILIO_SPEC_DIR "/messages.json", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    return json::parse(text);
}

Fields fields_of(std::string_view encoded) {
    const auto pairs = contract::split_query(encoded);
    return pairs ? Fields(pairs->begin(), pairs->end()) : Fields{};
}

Answer problem(int status, std::int64_t code) {
    return {.status = status,
            .body = fmt::format(R"({{"code":{},"message":"no","more_info":"https://example.org/{}","status":{}}})",
                                code, code, status)};
}

// "Thu, 24 Aug 2023 05:01:45 +0000"
std::string date_text(Instant at) {
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - day));
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000", days[std::chrono::weekday(day).c_encoding()],
                       unsigned(date.day()), months[unsigned(date.month()) - 1], int(date.year()), time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

std::optional<std::int64_t> integer(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

TwilioDouble::TwilioDouble(const Clock& clock)
    : clock_(clock), spec_(read_spec()), server_([this](const Asked& asked) { return answer(asked); }) {}

Account TwilioDouble::account() const {
    return {.sid = sid,
            .auth_token = token,
            .from = "+12025550143",
            .api_base = url(),
            .callback = "https://api.safargo.test/api/v1/notifications/webhook/twilio"};
}

void TwilioDouble::refuse(int status, std::int64_t code) {
    next({problem(status, code)});
}

TwilioDouble::Sms& TwilioDouble::keep(Fields fields) {
    messages.push_back({.sid = fmt::format("SM{:032x}", messages.size() + 1),
                        .fields = std::move(fields),
                        .created_at = clock_.now()});
    return messages.back();
}

const json::value& TwilioDouble::operation(const char* method) const {
    return spec_.at("paths").at(path).at(method);
}

Answer TwilioDouble::answer(const Asked& asked) {
    if (asked.header("authorization") != "Basic " + base64(std::string(sid) + ':' + token)) return problem(401, 20003);
    const std::size_t question = asked.target.find('?');
    const std::string wanted = std::string("/2010-04-01/Accounts/") + sid + "/Messages.json";
    if (asked.target.substr(0, question) != wanted) return problem(404, 20404);
    if (asked.method == "POST") return create(asked);
    if (asked.method != "GET") object("method " + asked.method);
    return list(fields_of(question == std::string::npos ? "" : asked.target.substr(question + 1)));
}

Answer TwilioDouble::create(const Asked& asked) {
    const Fields form = fields_of(asked.body);
    const std::size_t before = objections.size();
    check_create(asked, form);
    if (objections.size() > before) return problem(400, 20001);
    Fate fate{.takes = true};
    const bool usual = fates_.empty();
    if (!usual) {
        fate = std::move(fates_.front());
        fates_.pop_front();
    }
    if (fate.takes) keep(form);
    if (usual) return {.status = 201, .body = json_of(messages.back())};
    return fate.answer;
}

Answer TwilioDouble::list(const Fields& query) {
    json::object known;
    for (const json::value& parameter : operation("get").at("parameters").as_array()) {
        if (parameter.at("in") == "query") known[parameter.at("name").as_string()] = parameter.at("schema");
    }
    for (const auto& [name, value] : query) {
        if (!known.contains(name)) object("unknown parameter " + name);
        if (known.contains(name)) check_field(name, value, known.at(name));
    }
    if (!bad_lists_.empty()) {
        Answer bad = std::move(bad_lists_.front());
        bad_lists_.pop_front();
        return bad;
    }
    std::string found;
    for (auto sms = messages.rbegin(); sms != messages.rend(); ++sms) {
        if (query.contains("To") && sms->fields.at("To") != query.at("To")) continue;
        found += (found.empty() ? "" : ",") + json_of(*sms);
    }
    json::value page = operation("get")
                           .at("responses")
                           .at("200")
                           .at("content")
                           .at("application/json")
                           .at("examples")
                           .at("readFullPage1")
                           .at("value");
    page.as_object()["messages"] = json::parse('[' + found + ']');
    return {.body = json::serialize(page)};
}

std::string TwilioDouble::json_of(const Sms& sms) const {
    json::value message = operation("post")
                              .at("responses")
                              .at("201")
                              .at("content")
                              .at("application/json")
                              .at("examples")
                              .at("createWoService")
                              .at("value");
    json::object& object = message.as_object();
    const auto field = [&](const char* name) {
        const auto found = sms.fields.find(name);
        return found == sms.fields.end() ? std::string() : found->second;
    };
    object["sid"] = sms.sid;
    object["to"] = field("To");
    object["from"] = field("From");
    object["body"] = field("Body");
    object["status"] = sms.status;
    object["date_created"] = date_text(sms.created_at);
    if (sms.status == "queued") object["date_sent"] = nullptr;
    if (sms.error_code != 0) object["error_code"] = sms.error_code;
    return json::serialize(message);
}

void TwilioDouble::check_create(const Asked& asked, const Fields& form) {
    const json::object& content = operation("post").at("requestBody").at("content").as_object();
    if (!content.contains(asked.header("content-type"))) return object("content type");
    const json::value& schema = content.at(asked.header("content-type")).at("schema");
    for (const json::value& name : schema.at("required").as_array()) {
        if (!form.contains(std::string_view(name.as_string()))) object("required: " + json::serialize(name));
    }
    const json::object& properties = schema.at("properties").as_object();
    for (const auto& [name, value] : form) {
        if (!properties.contains(name)) object("unknown field " + name);
        if (properties.contains(name)) check_field(name, value, properties.at(name));
    }
    if (form.contains("From") == form.contains("MessagingServiceSid")) object("neither or two senders");
    if (!form.contains("Body") || form.at("Body").empty() || characters(form.at("Body")) > 1'600) object("body");
    if (!form.contains("ValidityPeriod")) return;
    const auto period = integer(form.at("ValidityPeriod"));
    if (!period || *period < 1 || *period > 36'000) object("validity period");
}

void TwilioDouble::check_field(const std::string& name, const std::string& value, const json::value& schema) {
    const json::object& rules = schema.as_object();
    const auto rule = [&](const char* key) { return rules.if_contains(key); };
    if (rule("pattern") && !std::regex_match(value, std::regex(rule("pattern")->as_string().c_str())))
        object(name + " does not match");
    if (rule("format") && *rule("format") == "uri" &&
        !std::regex_match(value, std::regex("https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[!-~]*)?")))
        object(name + " is no URL");
    if (rule("type") && *rule("type") == "integer") {
        const auto number = integer(value);
        if (!number) return object(name + " is no integer");
        if (rule("maximum") && *number > rule("maximum")->to_number<std::int64_t>()) object(name + " is too large");
        if (rule("minimum") && *number < rule("minimum")->to_number<std::int64_t>()) object(name + " is too small");
    }
    if (name == "To" && !std::regex_match(value, std::regex("\\+[1-9][0-9]{6,14}"))) object("To is not E.164");
}

}  // namespace safargo::twilio
