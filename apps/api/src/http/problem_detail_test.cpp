// The detail of an error adds to its title, for every code, rule and language.
#include "http/problem.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

#include <string>

namespace safargo::http {
namespace {

constexpr Language languages[] = {Language::fr, Language::ar, Language::en};

struct Texts {
    std::string title, detail;
};

Texts texts_of(const Error& error, Language language) {
    RequestContext context;
    context.language = language;
    const auto body = boost::json::parse(problem(error, context).body);
    return {body.at("title").as_string().c_str(), body.at("detail").as_string().c_str()};
}

// A sentence of its own, not the title with a full stop.
void expect_more_than_title(const Error& error) {
    for (const Language language : languages) {
        const auto [title, detail] = texts_of(error, language);
        SCOPED_TRACE(detail);
        EXPECT_FALSE(title.empty());
        EXPECT_FALSE(detail.empty());
        EXPECT_FALSE(detail.starts_with(title)) << title;
        EXPECT_TRUE(detail.ends_with('.')) << "a sentence";
    }
}

TEST(ProblemDetail, OfEveryCodeSuggestsAnAction) {
    for (const CodeInfo& row : code_table()) {
        SCOPED_TRACE(row.name);
        expect_more_than_title({.code = row.code});
    }
}

TEST(ProblemDetail, OfEveryRuleIsSpecific) {
    for (const RuleInfo& row : rule_table()) {
        SCOPED_TRACE(row.name);
        const Violation violation{row.rule, "3", "5"};
        for (const Code code : {Code::validation_failed, Code::illegal_transition, Code::seats_sold, Code::too_early}) {
            expect_more_than_title({.code = code, .fields = {{"seats", violation}}});
            expect_more_than_title({.code = code, .fields = {{"seats", violation}, {"note", {Rule::required}}}});
            expect_more_than_title({.code = code, .reason = violation});
        }
    }
}

TEST(ProblemDetail, NoTwoCodesShareADetail) {
    for (const Language language : languages) {
        for (const CodeInfo& one : code_table()) {
            for (const CodeInfo& other : code_table()) {
                if (one.code == other.code) continue;
                EXPECT_NE(title(one.code, language), title(other.code, language)) << one.name << ' ' << other.name;
                EXPECT_NE(advice(one.code, language), advice(other.code, language)) << one.name << ' ' << other.name;
            }
        }
    }
}

}  // namespace
}  // namespace safargo::http
