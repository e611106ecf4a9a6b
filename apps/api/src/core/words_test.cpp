#include "core/crypto.hpp"
#include "core/error.hpp"
#include "core/time.hpp"

#include <gtest/gtest.h>

#include <set>

namespace safargo {
namespace {

constexpr Language languages[]{Language::fr, Language::ar, Language::en};

TEST(Errors, EveryCodeHasAUniqueNameAStatusAndThreeTitles) {
    std::set<std::string_view> names;
    for (const CodeInfo& row : code_table()) {
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        EXPECT_TRUE(row.status >= 400 && row.status < 600) << row.name;
        std::set<std::string_view> titles;
        for (const Language language : languages) titles.insert(title(row.code, language));
        EXPECT_EQ(titles.size(), 3U) << row.name;
    }
}

TEST(Errors, EveryRuleHasAMessageThatUsesItsBounds) {
    for (const RuleInfo& row : rule_table()) {
        for (const Language language : languages) {
            const std::string text = message({row.rule, "17", "39"}, language);
            EXPECT_FALSE(text.empty());
            EXPECT_EQ(text.find('{'), std::string::npos) << text;
            EXPECT_EQ(text.find("17") != std::string::npos, !row.first.empty()) << text;
            EXPECT_EQ(text.find("39") != std::string::npos, !row.second.empty()) << text;
        }
    }
    EXPECT_EQ(message({Rule::out_of_range, "1", "8"}, Language::fr), "Doit être entre 1 et 8.");
    EXPECT_EQ(message({Rule::bad_format, "{}"}, Language::en), "Expected format: {}.");
    EXPECT_EQ(message({Rule::more_errors, "1200"}, Language::en), "And 1200 more.");
}

TEST(Errors, CountAsTheLanguageDoes) {
    EXPECT_EQ(message({Rule::too_few, "1"}, Language::fr), "Au moins 1 élément.");
    EXPECT_EQ(message({Rule::too_long, "2000"}, Language::fr), "Au plus 2000 caractères.");
    EXPECT_EQ(message({Rule::too_short, "1"}, Language::en), "At least 1 character.");
    EXPECT_EQ(message({Rule::too_far_ahead, "2"}, Language::ar), "يومان مسبقا على الأكثر.");
    EXPECT_EQ(message({Rule::too_far_ahead, "7"}, Language::ar), "7 أيام مسبقا على الأكثر.");
    EXPECT_EQ(message({Rule::too_far_ahead, "30"}, Language::ar), "30 يوما مسبقا على الأكثر.");
}

TEST(Errors, CoreComesFirstInDeclarationOrder) {
    EXPECT_EQ(code_table().front().name, "validation_failed");
    EXPECT_EQ(rule_table().front().name, "required");
    for (const CodeInfo& row : code_table()) EXPECT_EQ(info(row.code).name, row.name);
    for (const RuleInfo& row : rule_table()) EXPECT_EQ(name(row.rule), row.name);
}

TEST(Errors, AWrongTypeIsNamedInTheReadersLanguage) {
    EXPECT_EQ(message({Rule::wrong_type, "integer"}, Language::fr), "Type attendu : nombre entier.");
    EXPECT_EQ(message({Rule::wrong_type, "boolean"}, Language::en), "Expected type: true or false.");
    for (const std::string json : {"string", "integer", "number", "boolean", "array", "object"}) {
        EXPECT_EQ(message({Rule::wrong_type, json}, Language::fr).find(json), std::string::npos) << json;
        const std::string arabic = message({Rule::wrong_type, json}, Language::ar);
        EXPECT_EQ(arabic.find_first_of("abcdefghijklmnopqrstuvwxyz"), std::string::npos) << arabic;
    }
}

TEST(Language, IsNegotiatedByQuality) {
    EXPECT_EQ(negotiate_language(""), Language::fr);
    EXPECT_EQ(negotiate_language("ar"), Language::ar);
    EXPECT_EQ(negotiate_language("ar-DZ,fr;q=0.8"), Language::ar);
    EXPECT_EQ(negotiate_language("de, en;q=0.3, ar;q=0.2"), Language::en);
    EXPECT_EQ(negotiate_language("EN-us"), Language::en);
    EXPECT_EQ(negotiate_language("fr;q=0, en;q=0.1"), Language::en);
    EXPECT_EQ(negotiate_language("en;q=2, ar;q=x"), Language::fr);
    EXPECT_EQ(negotiate_language("*"), Language::fr);
    EXPECT_EQ(negotiate_language(",,;;q="), Language::fr);
}

std::string instant(std::string_view text) {
    const auto parsed = parse_instant(text);
    return parsed ? format_instant(*parsed) : "refused";
}

TEST(Time, ReadsRfc3339) {
    EXPECT_EQ(instant("2026-12-03T07:00:00Z"), "2026-12-03T07:00:00Z");
    EXPECT_EQ(instant("2026-12-03T08:00:00+01:00"), "2026-12-03T07:00:00Z");
    EXPECT_EQ(instant("2026-12-03t07:00:00.1234567z"), "2026-12-03T07:00:00.123456Z");
    EXPECT_EQ(instant("2024-02-29T00:00:00-00:30"), "2024-02-29T00:30:00Z");
    for (const char* text :
         {"", "2026-12-03", "2026-12-03T07:00Z", "2026-12-03T24:00:00Z", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
          "2026-12-03T07:00:60Z", "2026-12-03T07:00:00", "2026-12-03T07:00:00.Z", "2026-12-03 07:00:00Z",
          "2026-12-03T07:00:00+1:00", "2026-12-03T07:00:00Zx", "2026-12-03T07:00:00.1234567890Z"}) {
        EXPECT_EQ(instant(text), "refused") << text;
    }
}

TEST(Time, WritesWhatItReads) {
    for (const std::string text : {"2026-12-31T23:59:59Z", "1999-01-02T03:04:05.000006Z", "2000-02-29T00:00:00.120000Z",
                                   "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"}) {
        EXPECT_EQ(format_instant(parse_instant(text).value()), text);
    }
}

TEST(Time, ALocalDayIsADayInAlgiers) {
    const LocalDate day = LocalDate::parse("2026-12-03").value();
    EXPECT_EQ(format_instant(day.begins()), "2026-12-02T23:00:00Z");
    EXPECT_EQ(format_instant(day.ends()), "2026-12-03T23:00:00Z");
    EXPECT_EQ(LocalDate::of(parse_instant("2026-12-02T23:00:00Z").value()), day);
    EXPECT_EQ(LocalDate::of(parse_instant("2026-12-02T22:59:59Z").value()).str(), "2026-12-02");
    for (const char* text : {"", "2026-2-3", "2026-02-30", "03/12/2026", "2026-12-03T"})
        EXPECT_FALSE(LocalDate::parse(text)) << text;
}

TEST(Crypto, SealsAndOpens) {
    const crypto::Key key = crypto::derive_key("secret", "a");
    EXPECT_NE(key, crypto::derive_key("secret", "b"));
    EXPECT_NE(key, crypto::derive_key("secret2", "a"));
    std::string sealed = crypto::seal(key, "123456");
    EXPECT_EQ(sealed.find("123456"), std::string::npos);
    EXPECT_NE(sealed, crypto::seal(key, "123456"));
    EXPECT_EQ(crypto::open(key, sealed), "123456");
    EXPECT_FALSE(crypto::open(crypto::derive_key("secret", "b"), sealed));
    sealed.back() = static_cast<char>(sealed.back() ^ 1);
    EXPECT_FALSE(crypto::open(key, sealed));
    EXPECT_FALSE(crypto::open(key, "short"));
}

TEST(Crypto, MatchesPublishedVectors) {
    EXPECT_EQ(crypto::hex(crypto::view(crypto::sha256("abc"))),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // RFC 4231, test case 2.
    const std::string_view key = "Jefe";
    const crypto::Key mac = crypto::hmac_sha256({reinterpret_cast<const std::uint8_t*>(key.data()), key.size()},
                                                "what do ya want for nothing?");
    EXPECT_EQ(crypto::hex(crypto::view(mac)), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Crypto, SignsAndVerifies) {
    const crypto::Key seed = crypto::derive_key("secret", "boarding");
    const std::string signature = crypto::sign(seed, "booking");
    EXPECT_TRUE(crypto::verify(crypto::public_key(seed), "booking", signature));
    EXPECT_FALSE(crypto::verify(crypto::public_key(seed), "another", signature));
    EXPECT_FALSE(crypto::verify(crypto::public_key(crypto::derive_key("x", "y")), "booking", signature));
    EXPECT_FALSE(crypto::verify("short", "booking", signature));
}

TEST(Crypto, Base64UrlIsStrict) {
    EXPECT_EQ(crypto::base64url("\xff\xfe"), "__4");
    EXPECT_EQ(crypto::from_base64url("__4"), "\xff\xfe");
    for (const char* text : {"__4=", "//4", "_", "__4 ", "a b"}) EXPECT_FALSE(crypto::from_base64url(text)) << text;
    EXPECT_EQ(crypto::random_token().size(), 43U);
    EXPECT_NE(crypto::random_token(), crypto::random_token());
}

}  // namespace
}  // namespace safargo
