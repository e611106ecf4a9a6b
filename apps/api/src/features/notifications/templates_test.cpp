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
            const Rendered rendered = render(entry.name, language, sample(entry.parameter_count()));
            for (const std::string& parameter : sample(entry.parameter_count()))
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

TEST(Templates, CountAsTheLanguageDoes) {
    const auto kept = [](Language language, const char* seats) {
        return render("booking_seats_given_back", language, {"way", "day", "money", "Amel", seats}).text;
    };
    EXPECT_NE(kept(Language::fr, "1").find("garde 1 place."), std::string::npos);
    EXPECT_NE(kept(Language::fr, "3").find("garde 3 places."), std::string::npos);
    EXPECT_NE(kept(Language::en, "1").find("keep 1 seat."), std::string::npos);
    EXPECT_NE(kept(Language::ar, "2").find("مكانان"), std::string::npos);
    EXPECT_NE(kept(Language::ar, "3").find("3 أماكن"), std::string::npos);
}

// Queued rows carry their parameters by position: another version running beside would misread a different order.
TEST(Templates, KeepTheOrderOfTheirParameters) {
    const Rendered letter = render("booking_passenger_missing", Language::en, {"WAY", "WHO", "PICKUP", "UNTIL"});
    EXPECT_EQ(letter.text.find("WHO reports"), 0U);
    EXPECT_NE(letter.text.find("for WAY, leaving on PICKUP."), std::string::npos);
    EXPECT_NE(letter.text.find("before UNTIL."), std::string::npos);
}

TEST(Templates, UserInputIsNotAPattern) {
    EXPECT_NE(render("booking_declined", Language::en, {"{0}{1}"}).text.find("{0}{1}"), std::string::npos);
}

TEST(Templates, RefuseUnknownNames) {
    EXPECT_THROW(render("nothing", Language::fr, {}), std::logic_error);
    EXPECT_THROW(render("otp", Language::fr, {"1"}), std::logic_error);
}

}  // namespace
}  // namespace safargo::notifications
