#include "adapters/twilio/answers.hpp"

#include "core/hex_digits.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace safargo::twilio {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_word = 64;      // of a status or a direction, in bytes
constexpr std::size_t longest_address = 300;  // bytes
constexpr std::size_t longest_body = 8'000;   // bytes of 1,600 characters
constexpr std::size_t date_length = 31;
constexpr std::int64_t largest_code = 999'999;

[[noreturn]] void refuse(std::string_view where) {
    throw BadAnswer("unreadable answer: " + std::string(where));
}

// A tree that lives in one block, and ends with it.
class Answer {
public:
    explicit Answer(std::string_view body) {
        json::error_code error;
        json::parse_options options;
        options.max_depth = 16;
        value_ = json::parse(body, error, json::make_shared_resource<json::monotonic_resource>(), options);
        if (error) refuse("JSON");
    }
    const json::object& object() const {
        const json::object* object = value_.if_object();
        if (!object) refuse("JSON");
        return *object;
    }

private:
    json::value value_;
};

// "" for null, which Twilio writes for what is not known.
std::string text_at(const json::object& object, std::string_view key, std::size_t longest) {
    const json::value* value = object.if_contains(key);
    if (!value) refuse(key);
    if (value->is_null()) return {};
    const json::string* text = value->if_string();
    if (!text || text->size() > longest) refuse(key);
    return {text->data(), text->size()};
}

std::optional<std::int64_t> code_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (!value || value->is_null()) return std::nullopt;
    json::error_code error;
    const auto code = value->to_number<std::int64_t>(error);
    if (error || code < 0 || code > largest_code) refuse(key);
    return code;
}

Message message_from(const json::value& value) {
    const json::object* object = value.if_object();
    if (!object) refuse("messages");
    Message message{.sid = text_at(*object, "sid", longest_word),
                    .status = text_at(*object, "status", longest_word),
                    .error_code = code_at(*object, "error_code"),
                    .direction = text_at(*object, "direction", longest_word),
                    .to = text_at(*object, "to", longest_address),
                    .body = text_at(*object, "body", longest_body),
                    .created_at = parse_date(text_at(*object, "date_created", longest_word))};
    if (!is_message_sid(message.sid)) refuse("sid");
    if (message.status.empty()) refuse("status");
    return message;
}

std::optional<int> number_in(std::string_view text, std::size_t at, std::size_t digits) {
    int number = 0;
    const char* first = text.data() + at;
    const auto [end, error] = std::from_chars(first, first + digits, number);
    if (error != std::errc{} || end != first + digits || *first == '-') return std::nullopt;
    return number;
}

}  // namespace

Message read_message(std::string_view body) {
    const Answer answer(body);
    return message_from(answer.object());
}

std::vector<Message> read_messages(std::string_view body, std::size_t most) {
    const Answer answer(body);
    const json::value* list = answer.object().if_contains("messages");
    if (!list || !list->is_array() || list->get_array().size() > most) refuse("messages");
    std::vector<Message> messages;
    for (const json::value& value : list->get_array()) messages.push_back(message_from(value));
    return messages;
}

std::int64_t read_problem(std::string_view body) {
    const Answer answer(body);
    return code_at(answer.object(), "code").value_or(0);
}

bool is_message_sid(std::string_view text) {
    return text.size() == 34 && (text.starts_with("SM") || text.starts_with("MM")) &&
           std::ranges::all_of(text.substr(2), is_hex_digit);
}

std::optional<Instant> parse_date(std::string_view text) {
    static constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    // "Thu, 24 Aug 2023 05:01:45 +0000"
    if (text.size() != date_length || text.substr(3, 2) != ", " || !text.ends_with(" +0000")) return std::nullopt;
    const auto month = std::ranges::find(months, text.substr(8, 3));
    const auto day = number_in(text, 5, 2), year = number_in(text, 12, 4), hour = number_in(text, 17, 2),
               minute = number_in(text, 20, 2), second = number_in(text, 23, 2);
    const bool spaced = text[7] == ' ' && text[11] == ' ' && text[16] == ' ' && text[19] == ':' && text[22] == ':';
    if (!spaced || month == months.end() || !day || !year || !hour || !minute || !second) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(month - months.begin()) + 1},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
           std::chrono::seconds{*second};
}

}  // namespace safargo::twilio
