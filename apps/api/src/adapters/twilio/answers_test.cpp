#include "adapters/twilio/answers.hpp"

#include "adapters/twilio/outcomes.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

namespace safargo::twilio {
namespace {

using enum Receipt::Outcome;

constexpr const char* sid = "SM0123456789abcdef0123456789ABCDEF";

// With another value for a field, in JSON.
std::string message_with(const std::string& name = "", const std::string& value = "") {
    std::map<std::string, std::string> fields{{"sid", R"("SM0123456789abcdef0123456789ABCDEF")"},
                                              {"status", R"("queued")"},
                                              {"direction", R"("outbound-api")"},
                                              {"to", R"("+213550000001")"},
                                              {"body", R"("x")"},
                                              {"date_created", R"("Thu, 24 Aug 2023 05:01:45 +0000")"}};
    if (!name.empty()) fields[name] = value;
    std::string text;
    for (const auto& [key, json] : fields)
        text.append(text.empty() ? "{\"" : ",\"").append(key).append("\":").append(json);
    return text + '}';
}

TEST(TwilioAnswers, AMessageIsRead) {
    const Message message = read_message(message_with("error_code", "30003"));
    EXPECT_EQ(message.sid, sid);
    EXPECT_EQ(message.status, "queued");
    EXPECT_EQ(message.error_code, 30003);
    EXPECT_EQ(message.to, "+213550000001");
    EXPECT_EQ(message.body, "x");
    EXPECT_EQ(message.created_at, parse_instant("2023-08-24T05:01:45Z").value());
}

TEST(TwilioAnswers, WhatTwilioDoesNotKnowIsNull) {
    EXPECT_EQ(read_message(message_with("error_code", "null")).error_code, std::nullopt);
    EXPECT_EQ(read_message(message_with("body", "null")).body, "");
    EXPECT_EQ(read_message(message_with("date_created", "null")).created_at, std::nullopt);
}

TEST(TwilioAnswers, OthersAreRefused) {
    EXPECT_NO_THROW(read_message(message_with()));
    for (const auto& [name, value] : {std::pair{"sid", "\"SM1\""},
                                      {"sid", "null"},
                                      {"sid", "7"},
                                      {"sid", "\"CA0123456789abcdef0123456789abcdef\""},
                                      {"status", "null"},
                                      {"status", "[]"},
                                      {"direction", "{}"},
                                      {"to", "true"},
                                      {"error_code", "\"30003\""},
                                      {"error_code", "-1"},
                                      {"error_code", "1.5"},
                                      {"error_code", "99999999999999999999"}})
        EXPECT_THROW(read_message(message_with(name, value)), BadAnswer) << name << ' ' << value;
    for (const char* text : {"", "[]", "null", "{", "{}", "{}{}", "\"x\""}) {
        EXPECT_THROW(read_message(text), BadAnswer) << text;
        EXPECT_THROW(read_messages(text, 50), BadAnswer) << text;
    }
    EXPECT_THROW(read_message(message_with("body", '"' + std::string(9'000, 'x') + '"')), BadAnswer);
}

TEST(TwilioAnswers, AListIsBounded) {
    const std::string one = message_with();
    EXPECT_EQ(read_messages(R"({"messages":[)" + one + ',' + one + "]}", 2).size(), 2U);
    EXPECT_THROW(read_messages(R"({"messages":[)" + one + ',' + one + "]}", 1), BadAnswer);
    EXPECT_THROW(read_messages(R"({"messages":[)" + one + ",null]}", 2), BadAnswer);
}

TEST(TwilioAnswers, AProblemHasACodeOrNone) {
    EXPECT_EQ(read_problem(R"({"code":21211,"message":"x","status":400})"), 21211);
    EXPECT_EQ(read_problem("{}"), 0);
    EXPECT_THROW(read_problem("<html>"), BadAnswer);
    EXPECT_THROW(read_problem(R"({"code":"x"})"), BadAnswer);
}

TEST(TwilioDates, AreThoseOfTheMail) {
    EXPECT_EQ(parse_date("Sat, 29 Feb 2020 23:59:59 +0000"), parse_instant("2020-02-29T23:59:59Z").value());
    for (const char* text :
         {"", "Thu, 24 Aug 2023 05:01:45 +0100", "Thu, 24 Aug 2023 05:01:45", "Thu, 31 Feb 2023 05:01:45 +0000",
          "Thu, 24 aug 2023 05:01:45 +0000", "Thu, 24 Aug 2023 25:01:45 +0000", "Thu, -4 Aug 2023 05:01:45 +0000",
          "Thu,  24 Aug 2023 5:01:45 +0000", "2023-08-24T05:01:45.000 +0000 x"})
        EXPECT_FALSE(parse_date(text)) << text;
}

TEST(TwilioOutcomes, OfAMessageThatWasTaken) {
    for (const char* status : {"queued", "accepted", "scheduled", "sending", "sent", "something new"})
        EXPECT_EQ(receipt_of(status, std::nullopt).outcome, accepted) << status;
    for (const char* status : {"delivered", "read"}) EXPECT_EQ(receipt_of(status, std::nullopt).outcome, delivered);
    EXPECT_EQ(receipt_of("undelivered", 30006).outcome, unknown_recipient);
    EXPECT_EQ(receipt_of("failed", 21610).outcome, unsubscribed);
    EXPECT_EQ(receipt_of("undelivered", 30003).outcome, rejected) << "switched off, or abroad: it may come back";
    EXPECT_EQ(receipt_of("undelivered", 30003).reason, "30003");
    EXPECT_EQ(receipt_of("canceled", std::nullopt).reason, "canceled");
    EXPECT_EQ(receipt_of("delivered", 30003).reason, "") << "a code belongs to a failure";
}

TEST(TwilioOutcomes, OfARefusedRequest) {
    EXPECT_EQ(refusal_of(21211), unknown_recipient);
    EXPECT_EQ(refusal_of(21610), unsubscribed);
    EXPECT_EQ(refusal_of(21408), rejected);
    EXPECT_EQ(refusal_of(0), rejected);
    for (const std::int64_t code : {20003, 20429, 21212, 21606, 21611, 30001, 63038}) EXPECT_FALSE(refusal_of(code));
}

}  // namespace
}  // namespace safargo::twilio
