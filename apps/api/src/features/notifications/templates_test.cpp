#include "features/notifications/templates.hpp"

#include <gtest/gtest.h>

#include <regex>

namespace safargo::notifications {
namespace {

std::vector<std::string> sample(std::size_t count) {
    std::vector<std::string> parameters{"482913", "10", "Oran", "x", "<5>"};
    parameters.resize(count);
    return parameters;
}

TEST(Templates, EveryTemplateUsesEveryParameterInEveryLanguage) {
    for (const Template& entry : all_templates()) {
        for (const Language language : {Language::fr, Language::ar, Language::en}) {
            const Rendered rendered = render(entry.name, language, sample(entry.parameters));
            for (const std::string& parameter : sample(entry.parameters))
                EXPECT_NE(rendered.text.find(parameter), std::string::npos);
            EXPECT_FALSE(rendered.subject.empty());
        }
    }
}

TEST(Templates, AnOtpIsTheOnlySixDigitNumber) {
    for (const Language language : {Language::fr, Language::ar, Language::en}) {
        const std::string text = render("otp", language, {"482913", "10"}).text;
        const std::regex six("[0-9]{6}");
        EXPECT_EQ(std::distance(std::sregex_iterator(text.begin(), text.end(), six), std::sregex_iterator{}), 1);
    }
}

TEST(Templates, WhatPeopleWroteIsNoPattern) {
    EXPECT_NE(render("booking_declined", Language::en, {"{0}{1}"}).text.find("{0}{1}"), std::string::npos);
}

TEST(Templates, RefusesWhatItDoesNotKnow) {
    EXPECT_THROW(render("nothing", Language::fr, {}), std::logic_error);
    EXPECT_THROW(render("otp", Language::fr, {"1"}), std::logic_error);
}

}  // namespace
}  // namespace safargo::notifications
