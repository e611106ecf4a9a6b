#include "core/texts.hpp"

#include "core/error.hpp"
#include "core/text_pattern.hpp"
#include "core/text_rows.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <stdexcept>
#include <string>

namespace safargo {
namespace {

constexpr Language languages[]{Language::fr, Language::ar, Language::en};

TextPattern parsed(const TextRow& row, Language language) {
    return TextPattern(row.words[static_cast<std::size_t>(language)], language);
}

TEST(Texts, ParseInEveryLanguage) {
    for (const TextRow& row : text_rows) {
        for (const Language language : languages) {
            EXPECT_NO_THROW(parsed(row, language)) << row.key << ' ' << code(language);
        }
    }
}

TEST(Texts, HaveTheSameArgumentsInEveryLanguage) {
    for (const TextRow& row : text_rows) {
        const auto french = parsed(row, Language::fr).arguments();
        for (const Language language : {Language::ar, Language::en})
            EXPECT_EQ(parsed(row, language).arguments(), french) << row.key << ' ' << code(language);
    }
}

TEST(Texts, OfARuleUseItsDeclaredParameters) {
    for (const RuleInfo& rule : rule_table()) {
        std::set<std::string> declared, spoken;
        for (const std::string_view name : {rule.first, rule.second})
            if (!name.empty()) declared.emplace(name);
        for (const auto& [name, kind] : parsed(text_row(rule.text_key), Language::fr).arguments()) spoken.insert(name);
        EXPECT_EQ(spoken, declared) << rule.name;
    }
}

// Titles and advice are used without formatting.
TEST(Texts, OfErrorsNeedNoFormatting) {
    for (const TextRow& row : text_rows) {
        if (!row.key.starts_with("errors.")) continue;
        for (const Language language : languages)
            EXPECT_EQ(format_text(row.key, language, {}), plain_text(row.key, language)) << row.key;
    }
}

TEST(Texts, OfAnUnknownKeyAreRefused) {
    EXPECT_THROW(plain_text("errors.nothing.title", Language::fr), std::logic_error);
    EXPECT_THROW(format_text("", Language::fr, {}), std::logic_error);
    EXPECT_THROW(format_text("rules.bad_format", Language::fr, {{"other", "x"}}), std::logic_error);
}

std::string fill(std::string_view text, std::string_view value, Language language = Language::en) {
    const TextArgument argument{"n", value};
    return TextPattern(text, language).fill({&argument, 1});
}

TEST(TextPattern, InsertsValuesUnchanged) {
    EXPECT_EQ(fill("{n}", "{n} '{n}' # \"é\""), "{n} '{n}' # \"é\"");
    EXPECT_EQ(fill("<{n}> وهران {n}", "1 500"), "<1 500> وهران 1 500");
    EXPECT_EQ(fill("l'arrêt d'ici '' '{'n'}'", ""), "l'arrêt d'ici ' {n}");
    EXPECT_EQ(fill("", "1"), "");
}

TEST(TextPattern, CountsAsTheLanguageDoes) {
    constexpr std::string_view arabic =
        "{n, plural, zero {zero} one {one} two {two} few {few #} many {many #} other {other #}}.";
    const std::map<std::string, std::string> expected{{"0", "zero."},     {"1", "one."},         {"2", "two."},
                                                      {"3", "few 3."},    {"10", "few 10."},     {"11", "many 11."},
                                                      {"99", "many 99."}, {"100", "other 100."}, {"103", "few 103."}};
    for (const auto& [value, text] : expected) EXPECT_EQ(fill(arabic, value, Language::ar), text);

    constexpr std::string_view two_forms = "{n, plural, =7 {seven} one {# seat} other {# seats}}";
    EXPECT_EQ(fill(two_forms, "1"), "1 seat");
    EXPECT_EQ(fill(two_forms, "0"), "0 seats");
    EXPECT_EQ(fill(two_forms, "0", Language::fr), "0 seat") << "zero is singular in French";
    EXPECT_EQ(fill(two_forms, "7"), "seven");
    EXPECT_EQ(fill(two_forms, "1000"), "1000 seats") << "numbers are not formatted by ICU";
    for (const char* value : {"", "x", "1.5", "99999999999"})
        EXPECT_EQ(fill(two_forms, value), value + std::string(" seats"));
}

TEST(TextPattern, SelectsByValue) {
    constexpr std::string_view text = "{n, select, list {a list} other {\"{n}\"}}!";
    EXPECT_EQ(fill(text, "list"), "a list!");
    EXPECT_EQ(fill(text, "x"), "\"x\"!");
}

TEST(TextPattern, RefusesUnsupportedSyntax) {
    for (const char* text :
         {"{n", "{n, plural, one {x}}", "{0}", "{n, number}", "{n, date, short}", "{n, choice, 0#a|1#b}",
          "{n, selectordinal, other {#}}", "{n, plural, offset:1 other {#}}", "{}"}) {
        EXPECT_THROW(TextPattern(text, Language::fr), std::invalid_argument) << text;
    }
    EXPECT_THROW(fill("{m}", "1"), std::logic_error);
}

}  // namespace
}  // namespace safargo
