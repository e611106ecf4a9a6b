#include "http/problem.hpp"

#include <gtest/gtest.h>

namespace safargo::http {
namespace {

RequestContext in(Language language) {
    RequestContext context;
    context.request_id = "r-1";
    context.language = language;
    return context;
}

TEST(Problem, NamesTheFieldsInTheCallersLanguage) {
    const Error error{.code = Code::validation_failed,
                      .fields = {{"stops[1].price", {Rule::above_cap, "1200", "Alger"}}, {"seats", {Rule::required}}}};
    const Response response = problem(error, in(Language::en));
    EXPECT_EQ(response.status, 422);
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_EQ(response.header("content-language"), "en");
    EXPECT_EQ(
        response.body,
        R"({"type":"https://safargo.com/problems/validation_failed","title":"Some fields need correcting",)"
        R"("status":422,"code":"validation_failed",)"
        R"("detail":"stops[1].price: At most 1200 DA: the cap for the direct road from “Alger”. seats: This field is required.",)"
        R"("errors":[{"field":"stops[1].price","code":"above_cap","message":"At most 1200 DA: the cap for the direct road from “Alger”."},)"
        R"({"field":"seats","code":"required","message":"This field is required."}],"request_id":"r-1"})");
}

TEST(Problem, SpeaksFrenchAndArabic) {
    EXPECT_NE(problem({.code = Code::trip_full}, in(Language::fr)).body.find("Plus assez de places"),
              std::string::npos);
    const Response arabic = problem({.code = Code::trip_full}, in(Language::ar));
    EXPECT_NE(arabic.body.find("لم تعد هناك أماكن"), std::string::npos);
    EXPECT_EQ(arabic.header("Content-Language"), "ar");
}

TEST(Problem, EscapesClientInput) {
    const Error error{.code = Code::validation_failed, .fields = {{"a\"\\\n", {Rule::unknown_field}}}};
    EXPECT_NE(problem(error, in(Language::en)).body.find(R"("field":"a\"\\\n")"), std::string::npos);
}

TEST(Problem, SaysWhenToRetry) {
    const Error error{.code = Code::rate_limited, .retry_after = std::chrono::seconds(42)};
    EXPECT_EQ(problem(error, in(Language::fr)).header("Retry-After"), "42");
    EXPECT_EQ(problem({.code = Code::not_found}, in(Language::fr)).header("Retry-After"), "");
}

TEST(Problem, A401NamesTheScheme) {
    for (const Code code : {Code::unauthenticated, Code::otp_invalid}) {
        EXPECT_EQ(problem({.code = code}, in(Language::fr)).header("WWW-Authenticate"), "Bearer");
    }
    EXPECT_EQ(problem({.code = Code::forbidden}, in(Language::fr)).header("WWW-Authenticate"), "");
}

TEST(Problem, IsShortWhateverTheErrorContains) {
    for (const Language language : {Language::fr, Language::ar, Language::en}) {
        for (const char* unit : {"x", "\x01", "\"", "é", "وهران "}) {
            std::string text;
            while (text.size() < 20'000) text += unit;
            Error error{.code = Code::validation_failed};
            for (int i = 0; i < 3'000; ++i) error.fields.push_back({text, {Rule::town_elsewhere, text, text}});
            const Response response = problem(error, in(language));
            EXPECT_LT(response.body.size(), 16'000U) << unit;
            EXPECT_NE(response.body.find(R"("code":"more_errors")"), std::string::npos);
            error.reason = Violation{Rule::town_elsewhere, text, text};
            EXPECT_LT(problem(error, in(language)).body.size(), 16'000U);
        }
    }
}

TEST(Problem, CountsOmittedErrors) {
    Error error{.code = Code::validation_failed};
    for (int i = 0; i < 25; ++i) error.fields.push_back({"f" + std::to_string(i), {Rule::required}});
    error.fields.push_back({"", {Rule::more_errors, "100"}});
    const std::string body = problem(error, in(Language::en)).body;
    EXPECT_NE(body.find(R"("field":"f19")"), std::string::npos);
    EXPECT_EQ(body.find(R"("field":"f20")"), std::string::npos);
    EXPECT_NE(body.find(R"({"field":"","code":"more_errors","message":"And 105 more."})"), std::string::npos) << body;
    EXPECT_NE(body.find(R"(f0: This field is required. f1: )"), std::string::npos) << "detail";
}

}  // namespace
}  // namespace safargo::http
