// Typed and pasted text is cleaned, never refused for characters people cannot see.
#include "core/text.hpp"

#include "core/characters.hpp"
#include "core/digits.hpp"
#include "core/text_cut.hpp"

#include <gtest/gtest.h>

#include <random>

namespace safargo {
namespace {

std::string line(std::string_view typed) {
    const auto parsed = Line<80>::parse(typed);
    return parsed ? parsed->str() : "refused: " + std::string(name(parsed.error().rule));
}

TEST(CleanText, InvisibleCharactersAroundATextAreStripped) {
    for (const char* typed :
         {"\u200fوهران", "وهران\u200e", "\ufeffوهران", "\u00a0وهران\u202f", "\u2009 وهران \u3000", "\u202bوهران\u202c",
          "\u2067وهران\u2069", "\u061cوهران", "\u200bوهران\u200b", "\u2060وهران\u00ad", " \t\nوهران\r\n", "وهران\u2800",
          "\u3164وهران\uffa0", "\u0085وهران\u2028", "وهران\ufff9", "\U000e0041وهران"}) {
        EXPECT_EQ(line(typed), "وهران") << typed;
        EXPECT_EQ(Text<5>::parse(typed)->str(), "وهران") << typed;
    }
}

TEST(CleanText, InsideALineBlanksBecomeOneSpaceAndBidiMarksGo) {
    EXPECT_EQ(line("Alger\u00a0Centre"), "Alger Centre");
    EXPECT_EQ(line("Alger \u202f \u2003Centre"), "Alger Centre");
    EXPECT_EQ(line("Alger  Centre"), "Alger Centre");
    EXPECT_EQ(line("Alger\u3164Centre"), "Alger Centre");
    EXPECT_EQ(line("Alger\u2800Centre"), "Alger Centre");
    EXPECT_EQ(line("Al\u200fger"), "Alger");
    EXPECT_EQ(line("a\u202eb"), "ab");
    EXPECT_EQ(line("a\u2066b\u2069c"), "abc");
    EXPECT_EQ(line("Al\u00adger\u200b"), "Alger");
    EXPECT_EQ(Text<9>::parse("a\u00a0b\u202ec")->str(), "a\u00a0b\u202ec") << "inside a text they stay";
}

TEST(CleanText, JoinersAndSelectorsInsideAWordAreLegal) {
    for (const char* word : {"می\u200cخواهم", "ل\u200dا", "❤\ufe0f", "👨\u200d👩\u200d👧", "1447 ه\u200d", "e\u0301",
                             "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"}) {
        EXPECT_EQ(line(word), word);
    }
}

TEST(CleanText, InvisibleTextIsNoName) {
    for (const char* typed : {"\u200b",       "\u3164",       "\uffa0",
                              "\u115f\u1160", "\u2800\u2800", "\u200d",
                              "\ufe0f",       "\u00ad",       "\U000e0041\U000e007f",
                              "\u200f\u200e", "\ufeff",       "\u034f",
                              "\u0301",       " \u2800 ",     "\u180e",
                              "\u17b4",       "\U0001d173",   "\ufffc",
                              "\ue000",       "\U000f0000",   "\u0378",
                              "\uffff"}) {
        EXPECT_EQ(line(typed), "refused: prints_nothing") << typed;
        EXPECT_EQ((Line<80, 0>::parse(typed)->str()), "") << "an optional line is empty";
    }
    EXPECT_EQ(line("\u00a0 \u3000"), "refused: required");
    EXPECT_EQ(line(""), "refused: required");
}

TEST(CleanText, ControlsAndLineBreaksInsideALineAreRefused) {
    for (const std::string_view typed :
         {std::string_view("a\0b", 3), std::string_view("a\x1b"), std::string_view("a\nb"), std::string_view("a\tb"),
          std::string_view("a\u2028b"), std::string_view("\x01"), std::string_view("a\u0085b"),
          std::string_view("\xc0\x80")}) {
        EXPECT_EQ(line(typed), "refused: bad_encoding");
    }
}

TEST(CleanText, CleaningTwiceChangesNothing) {
    constexpr char32_t pieces[] = {U'a',          U'ه',      U' ',      U'\u00a0', U'\u200d', U'\u200c',
                                   U'\u200f',     U'\u3164', U'\u2800', U'\u0301', U'\ufe0f', U'\u00ad',
                                   U'\U000e0041', U'😀',     U'\u115f', U'\u2003'};
    std::mt19937 random(10);
    for (int round = 0; round < 20'000; ++round) {
        std::string typed;
        for (auto left = random() % 12; left > 0; --left) append_character(typed, pieces[random() % std::size(pieces)]);
        const auto once = clean_text(typed, 0, 100, Breaks::refused);
        ASSERT_TRUE(once) << typed;
        EXPECT_EQ(clean_text(*once, 0, 100, Breaks::refused), once) << typed;
        EXPECT_EQ(clean_text(*once, 0, 100, Breaks::allowed), once) << typed;
    }
}

TEST(PlainCharacters, AreTypedOnAKeyboard) {
    EXPECT_EQ(plain_characters("٠١٢٣٤٥٦٧٨٩"), "0123456789");
    EXPECT_EQ(plain_characters("۰۹ ０９ ०९"), "09 09 09");
    EXPECT_EQ(plain_characters("1\u00a02\u202f3\u20094"), "1 2 3 4");
    EXPECT_EQ(plain_characters("1‐2‑3–4—5−6－7"), "1-2-3-4-5-6-7");
    EXPECT_EQ(plain_characters("\u200f＋213（0）"), "+213(0)");
    EXPECT_EQ(plain_characters("a\xff"), "a\ufffd");
    EXPECT_EQ(plain_characters("²①½"), "²①½") << "numeric, but not digits";
}

TEST(DigitCode, IsReadInAnyGrouping) {
    for (const char* typed :
         {"482103", "482 103", "482-103", "٤٨٢١٠٣", "４８２１０３", "\u200f482103\u200e", "4 8 2 1 0 3", "482\u00a0103",
          "482\u202f103", "(482) 103", " 482103\n", "482–103", "4\u200b82103", "٤٨٢ 103"})
        EXPECT_EQ(DigitCode<6>::parse(typed)->str(), "482103") << typed;
}

TEST(DigitCode, NamesTheRuleItBreaks) {
    const auto refusal = [](std::string_view typed) { return DigitCode<6>::parse(typed).error(); };
    EXPECT_EQ(refusal("48210"), (Violation{Rule::too_short, "6"}));
    EXPECT_EQ(refusal("4821033"), (Violation{Rule::too_long, "6"}));
    EXPECT_EQ(refusal("48210a"), (Violation{Rule::bad_format, "482103"}));
    EXPECT_EQ(refusal("48210²"), (Violation{Rule::bad_format, "482103"}));
    EXPECT_EQ(refusal(""), (Violation{Rule::required}));
    EXPECT_EQ(refusal("\u200f - "), (Violation{Rule::required}));
    EXPECT_EQ(refusal(std::string(1'000, ' ') + "482103"), (Violation{Rule::bad_format, "482103"}));
}

TEST(CutText, NeverSplitsALetter) {
    EXPECT_EQ(cut_text("abc", 3), "abc");
    EXPECT_EQ(cut_text("abcd", 3), "abc");
    EXPECT_EQ(cut_text("وهران", 5), "وه");
    EXPECT_EQ(cut_text("ab😀", 5), "ab");
    EXPECT_EQ(cut_text("abe\u0301", 3), "ab") << "not without its accent";
    EXPECT_EQ(cut_text("a👨\u200d👩\u200d👧", 12), "a") << "not part of a family emoji";
    EXPECT_EQ(cut_text("م\u064eحمد", 3), "");
    EXPECT_EQ(cut_text("😀", 0), "");
}

TEST(CutText, AnyBytesBecomeText) {
    EXPECT_EQ(cut_bytes("ab\xff", 10), "ab\ufffd");
    EXPECT_EQ(cut_bytes("abc\xd9", 3), "abc");
    EXPECT_EQ(cut_bytes("ab\xf0\x9f\x98\x80", 5), "ab");
    std::mt19937 random(11);
    for (int round = 0; round < 5'000; ++round) {
        std::string bytes(random() % 40, '\0');
        for (char& byte : bytes) byte = static_cast<char>(random());
        const std::string cut = cut_bytes(bytes, 20);
        EXPECT_TRUE(is_valid_utf8(cut) && cut.size() <= 20);
        EXPECT_EQ(cut_bytes(cut, 20), cut);
    }
}

TEST(FirstLetter, KeepsItsMarks) {
    EXPECT_EQ(first_letter("Élie"), "É");
    EXPECT_EQ(first_letter("E\u0301lie"), "E\u0301");
    EXPECT_EQ(first_letter("مُحمد"), "مُ");
    EXPECT_EQ(first_letter("👨\u200d👩 x"), "👨\u200d👩");
    EXPECT_EQ(first_letter("❤\ufe0fa"), "❤\ufe0f");
    EXPECT_EQ(first_letter(""), "");
}

}  // namespace
}  // namespace safargo
