#include "config/variables.hpp"

#include "config/documentation.hpp"
#include "config/reader.hpp"
#include "config/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

namespace safargo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) {
        ++found;
    }
    return found;
}

TEST(Variables, EachIsDeclaredOnceAndHasAMeaning) {
    std::set<std::string_view> names;
    for (const Variable& variable : known_variables()) {
        EXPECT_TRUE(names.insert(variable.name).second) << variable.name;
        EXPECT_FALSE(variable.meaning.empty()) << variable.name;
        EXPECT_EQ(count(variable.meaning, "|") + count(variable.meaning, "\n"), 0U) << "breaks the table";
    }
}

// Defaults are assigned unchecked.
TEST(Variables, EveryDefaultPassesItsRule) {
    for (const Variable& variable : known_variables()) {
        const auto check = [&](const Default& fallback, Environment environment) {
            if (fallback.value.empty() || fallback.value.contains('$')) return;
            EXPECT_EQ(refusal(variable.rule, fallback.value, environment), std::nullopt) << variable.name;
        };
        check(variable.fallback.production, Environment::production);
        check(variable.fallback.development, Environment::development);
    }
}

TEST(Variables, SecretsHaveNoDefault) {
    for (const Variable& variable : known_variables()) {
        if (!variable.secret) continue;
        for (const std::string_view value : {variable.fallback.production.value, variable.fallback.development.value}) {
            EXPECT_TRUE(value.empty() || value.starts_with('$')) << variable.name;
        }
    }
}

TEST(Documentation, MatchesTheDeclarations) {
    std::ifstream file(SAFARGO_CONFIGURATION_DOC);
    const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    EXPECT_THAT(text, HasSubstr(configuration_table(known_variables()))) << "./safargo openapi --write updates it";
    for (const Variable& variable : known_variables()) {
        EXPECT_EQ(count(text, "\n| `" + std::string(variable.name) + '`'), 1U) << variable.name;
    }
}

TEST(Documentation, ListsTheDefaultOfEachEnvironment) {
    constexpr std::array declared{
        Variable{.name = "A", .secret = true, .required = true, .meaning = "a"},
        Variable{.name = "B", .fallback = {{"$A"}, {"$A"}}, .meaning = "b"},
        Variable{.name = "C", .rule = {Kind::duration}, .fallback = {{"2h"}, {"", "any time"}}, .meaning = "c"},
        Variable{.name = "D", .rule = {Kind::whole_number, 1, 9}, .meaning = "d"}};
    EXPECT_EQ(configuration_table(declared),
              "| variable | default | value | meaning |\n"
              "|---|---|---|---|\n"
              "| `A` *secret* | required | any text | a |\n"
              "| `B` | `A` | any text | b |\n"
              "| `C` | `2h`; any time in development | a duration such as 90s, 30m or 24h | c |\n"
              "| `D` | – | a whole number from 1 to 9 | d |\n");
}

TEST(Rules, RefuseInTheWordsOfTheDocumentation) {
    for (const Variable& variable : known_variables()) {
        const Kind kind = variable.rule.kind;
        if (kind == Kind::text || kind == Kind::secret) continue;
        const auto reason = refusal(variable.rule, "hunter2 !", Environment::production);
        EXPECT_EQ(reason, "must be " + words(variable.rule)) << variable.name;
    }
}

TEST(Rules, BoundsAreAccepted) {
    const Rule rule{Kind::whole_number, 1, 64};
    for (const char* good : {"1", "64"}) EXPECT_EQ(refusal(rule, good, Environment::production), std::nullopt);
    for (const char* bad : {"0", "65", "-1", "1.0", " 1", "4294967297"}) {
        EXPECT_NE(refusal(rule, bad, Environment::production), std::nullopt) << bad;
    }
}

TEST(Rules, ASecretIsLongAndHardToGuess) {
    const Rule rule{Kind::secret, 16};
    EXPECT_EQ(refusal(rule, "q8Zt0Vw2Lk5Rb7Yn", Environment::production), std::nullopt);
    EXPECT_THAT(refusal(rule, "k3Jx9", Environment::production).value(), HasSubstr("at least 16 bytes"));
    EXPECT_THAT(refusal(rule, "aaaaaaaaaaaaaaaaaa", Environment::production).value(), HasSubstr("easy to guess"));
    EXPECT_THAT(refusal(rule, "changeme", Environment::production).value(), HasSubstr("placeholder"));
}

// A vendor's group as a later feature will declare it; the fields stand in for the vendor's own.
class GroupTest : public testing::Test {
protected:
    static constexpr std::array vendor{
        Variable{.name = "PAY_KEY",
                 .target = &Config::metrics_token,
                 .rule = {Kind::secret, 8},
                 .secret = true,
                 .group = "pay"},
        Variable{.name = "PAY_HOOK", .target = &Config::jwt_secret_previous, .secret = true, .group = "pay"},
        Variable{.name = "PAY_BASE",
                 .target = &Config::public_url,
                 .rule = {Kind::origin},
                 .fallback = {{"https://api.pay.example"}, {"https://api.pay.example"}},
                 .group = "pay"}};

    Config read(std::map<std::string, std::string, std::less<>> set) {
        const Lookup lookup = [&](std::string_view name) -> std::optional<std::string> {
            const auto found = set.find(name);
            if (found == set.end()) return std::nullopt;
            return found->second;
        };
        VariableReader reader(lookup, vendor);
        Config config;
        reader.read_all(config);
        problems = reader.problems();
        return config;
    }
    std::vector<std::string> problems;
};

TEST_F(GroupTest, IsUsedWhenComplete) {
    const Config config = read({{"PAY_KEY", "hunter2-hunter2"}, {"PAY_HOOK", "hook"}});
    EXPECT_EQ(config.metrics_token, "hunter2-hunter2");
    EXPECT_EQ(config.jwt_secret_previous, "hook");
    EXPECT_EQ(config.public_url, "https://api.pay.example");
    EXPECT_THAT(config.incomplete_groups, IsEmpty());
}

TEST_F(GroupTest, IsSwitchedOffAndNamedWhenIncomplete) {
    const Config config = read({{"PAY_KEY", "hunter2-hunter2"}, {"PAY_HOOK", ""}});
    EXPECT_EQ(config.metrics_token, "");
    EXPECT_THAT(problems, IsEmpty()) << "the rest of the service starts";
    EXPECT_THAT(config.incomplete_groups, ElementsAre("pay is switched off without PAY_HOOK"));
    EXPECT_THAT(read({{"PAY_BASE", "https://pay.test"}}).incomplete_groups,
                ElementsAre("pay is switched off without PAY_KEY, PAY_HOOK"));
}

TEST_F(GroupTest, IsAbsentAndUnmentionedWhenUnset) {
    EXPECT_THAT(read({}).incomplete_groups, IsEmpty());
}

TEST_F(GroupTest, IsCheckedEvenWhenSwitchedOff) {
    read({{"PAY_KEY", "hunter2"}});
    EXPECT_THAT(problems, ElementsAre("PAY_KEY: must have at least 8 bytes"));
}

}  // namespace
}  // namespace safargo
