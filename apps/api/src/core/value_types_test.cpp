#include "core/bounded.hpp"
#include "core/dinars.hpp"
#include "core/email_address.hpp"
#include "core/ids.hpp"
#include "core/lat_lng.hpp"
#include "core/phone_number.hpp"
#include "core/text.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace safargo {
namespace {

std::string phone(std::string_view typed) {
    const auto parsed = PhoneNumber::parse(typed);
    return parsed ? parsed->str() : "refused";
}

TEST(PhoneNumber, NormalisesWhatAlgeriansType) {
    for (const char* typed : {"0550123456", "05 50 12 34 56", "05.50.12.34.56", "00213550123456", "+213550123456",
                              "+2130550123456", "+213 (0) 550-12-34-56", "002130550123456"}) {
        EXPECT_EQ(phone(typed), "+213550123456") << typed;
    }
    EXPECT_EQ(phone("0660123456"), "+213660123456");
    EXPECT_EQ(phone("0770123456"), "+213770123456");
}

TEST(PhoneNumber, ForeignersMayTravel) {
    EXPECT_EQ(phone("+33612345678"), "+33612345678");
    EXPECT_EQ(phone("0033612345678"), "+33612345678");
    EXPECT_EQ(phone("+12345678"), "+12345678");
    EXPECT_EQ(phone("+123456789012345"), "+123456789012345");
}

TEST(PhoneNumber, IsReadInAnyDigitsAndThroughPastedCharacters) {
    for (const char* typed : {"٠٥٥٠١٢٣٤٥٦",
                              "۰۵۵۰۱۲۳۴۵۶",
                              "０５５０１２３４５６",
                              "٠٥٥٠ 12 34 56",
                              "\u200f0550123456\u200e",
                              "\u202a+213550123456\u202c",
                              "\ufeff0550123456",
                              "0550\u00a012\u202f34\u200956",
                              "0550–12—34−56",
                              "０５５０－１２－３４－５６",
                              "0 5 5 0 1 2 3 4 5 6",
                              "(0550) 12.34.56",
                              "0550/12/34/56",
                              "213550123456",
                              "213 550 12 34 56",
                              "2130550123456",
                              "213 (0) 550 12 34 56",
                              "＋213550123456",
                              "213550123456+",
                              "+00213550123456",
                              "00 213 (0)550 12 34 56",
                              "(+213) 550123456",
                              "0550123456\n",
                              "tel:+213550123456",
                              "05\u200b50\u00ad123456",
                              "+٢١٣ ٥٥٠ ١٢ ٣٤ ٥٦"}) {
        EXPECT_EQ(phone(typed), "+213550123456") << typed;
    }
}

TEST(PhoneNumber, TheTrunkZeroIsDropped) {
    for (const char* typed : {"+33 (0)6 12 34 56 78", "+33(0)612345678", "0033 (0) 6 12 34 56 78",
                              "+33 0 6 12 34 56 78", "+33 (\u00a00 )6 12 34 56 78", "+33 （0）6 12 34 56 78"})
        EXPECT_EQ(phone(typed), "+33612345678") << typed;
    EXPECT_EQ(phone("+33012345"), "+33012345") << "too short to lose a digit";
    EXPECT_EQ(phone("+44 (0)20 7946 0958"), "+442079460958");
    EXPECT_EQ(phone("+1 (0) 212 555 0123"), "+12125550123") << "for any country when it is in parentheses";
    EXPECT_EQ(phone("+39 06 6982 1234"), "+390669821234") << "in Italy it is part of the number";
    EXPECT_EQ(phone("+39 (0)6 6982 1234"), "+390669821234");
    EXPECT_EQ(phone("0039 (0)6 6982 1234"), "+390669821234");
    EXPECT_EQ(phone("+218 091 234 5678"), "+218912345678");
    EXPECT_EQ(phone("+43 0664 123 4567"), "+436641234567");
    EXPECT_EQ(phone("+966 050 123 4567"), "+966501234567");
    EXPECT_EQ(phone("+961 03 123 456"), "+9613123456");
    EXPECT_EQ(phone("+962 079 123 4567"), "+962791234567");
    EXPECT_EQ(phone("+963 0944 123 456"), "+963944123456");
    EXPECT_EQ(phone("+964 0790 123 4567"), "+9647901234567");
    EXPECT_EQ(phone("+225 07 12 34 56 78"), "+2250712345678");
}

TEST(PhoneNumber, TheErrorShowsAnExample) {
    EXPECT_EQ(PhoneNumber::parse("12345").error(), (Violation{Rule::unknown_phone, "0551 23 45 67"}));
}

TEST(PhoneNumber, RefusesTheRest) {
    for (const char* typed : {"",
                              "12345",
                              "0450123456",
                              "021123456",
                              "05501234567",
                              "055012345",
                              "+2134501234567",
                              "+1234567",
                              "+1234567890123456",
                              "+0123456789",
                              "0550abc456",
                              "++213550123456",
                              "+213550123456x",
                              "550123456",
                              "33612345678",
                              "0550 12 34 56 ٠",
                              "0550+123456",
                              "(0)",
                              "+(0)",
                              "²0550123456",
                              "tel:",
                              "\u200f",
                              "+2130050123456",
                              "\ufffd0550123456"}) {
        EXPECT_EQ(phone(typed), "refused") << typed;
    }
}

TEST(EmailAddress, IsLowerCasedAndCheckedForShape) {
    EXPECT_EQ(EmailAddress::parse("Amel.Haddad+trips@Example.DZ")->str(), "amel.haddad+trips@example.dz");
    for (const char* typed : {"", "a", "a@", "@b.dz", "a@b", "a b@c.dz", "a@b..dz", ".a@b.dz", "a.@b.dz", "a..b@c.dz",
                              "a@-b.dz", "é@b.dz", "a@b@c.dz", "a@b .c d.dz", "a\xff@b.dz", "@", "\u200f"}) {
        EXPECT_FALSE(EmailAddress::parse(typed)) << typed;
    }
    EXPECT_FALSE(EmailAddress::parse(std::string(250, 'a') + "@b.dz"));
    EXPECT_EQ(EmailAddress::parse("a@b").error(), (Violation{Rule::bad_format, "amel@example.dz"}));
}

TEST(EmailAddress, IsReadThroughPastedCharacters) {
    for (const char* typed :
         {" amel@example.dz\n", "\u200eamel@example.dz\u200f", "\ufeffamel@example.dz", "amel\u00a0@example.dz",
          "am\u202fel@exam\u200bple.dz", "amel @ example . dz", "ａｍｅｌ＠ｅｘａｍｐｌｅ．ｄｚ", "amel﹫example.dz",
          "mailto:amel@example.dz", "Amel@\u2060Example.DZ", "\u202aamel@example.dz\u202c"}) {
        const auto email = EmailAddress::parse(typed);
        ASSERT_TRUE(email) << typed;
        EXPECT_EQ(email->str(), "amel@example.dz") << typed;
    }
    EXPECT_EQ(EmailAddress::parse("amel٢٠٢٦@example.dz")->str(), "amel2026@example.dz");
}

TEST(EmailAddress, ADomainInAnyScriptIsStoredInAscii) {
    EXPECT_EQ(EmailAddress::parse("amel@بريد.الجزائر")->str(), "amel@xn--ngbof4h.xn--lgbbat1ad8j");
    EXPECT_EQ(EmailAddress::parse("amel@École.example")->str(), "amel@xn--cole-9oa.example");
    EXPECT_EQ(EmailAddress::parse("amel@XN--LGBBAT1AD8J.dz")->str(), "amel@xn--lgbbat1ad8j.dz");
    for (const char* typed : {"amel@é\u0301\u200d-.dz", "amel@.الجزائر", "amel@الجزائر", "amel@a_é.dz", "amel@😀"})
        EXPECT_FALSE(EmailAddress::parse(typed)) << typed;
}

TEST(Text, TrimsAndCountsCharactersNotBytes) {
    EXPECT_EQ(Text<5>::parse("  بجاية \n")->str(), "بجاية");
    EXPECT_EQ(Text<5>::parse("بجايةx").error(), (Violation{Rule::too_long, "5"}));
    EXPECT_EQ(Text<5>::parse("   ").error().rule, Rule::required);
    EXPECT_EQ((Text<5, 3>::parse("ab").error()), (Violation{Rule::too_short, "3"}));
    EXPECT_EQ((Text<5, 0>::parse("")->str()), "");
}

TEST(Text, RefusesControlsAndBrokenEncoding) {
    for (const std::string_view raw : {std::string_view("a\0b", 3), std::string_view("a\x1b"), std::string_view("\xff"),
                                       std::string_view("\xc0\x80"), std::string_view("\xed\xa0\x80"),
                                       std::string_view("\xf4\x90\x80\x80"), std::string_view("\xe2\x82")}) {
        EXPECT_EQ(Text<9>::parse(raw).error().rule, Rule::bad_encoding);
    }
    EXPECT_TRUE(Text<9>::parse("a\nb"));
    EXPECT_EQ(Text<9>::parse("a\u0085b").error().rule, Rule::bad_encoding) << "control characters beyond ASCII";
    EXPECT_TRUE(Text<9>::parse("😀"));
}

TEST(Line, HasNoBreaksAndNoBidiControls) {
    for (const std::string_view raw : {"a\nb", "a\rb", "a\tb", "a\u2028b", "a\u2029b", "\x1b[1m"}) {
        ASSERT_FALSE(Line<9>::parse(raw)) << raw;
        EXPECT_EQ(Line<9>::parse(raw).error().rule, Rule::bad_encoding);
    }
    for (const std::string_view raw :
         {"\u202eevil", "evil\u202a", "\u2066evil", "evil\u2069", "\u200fevil", "ev\u061cil"})
        EXPECT_EQ(Line<9>::parse(raw)->str(), "evil") << raw;
    EXPECT_EQ(Line<9>::parse(" أمال \n")->str(), "أمال") << "trimmed characters do not count";
    for (const std::string_view raw : {"Zoë", "عبد الله", "می\u200cخواهم", "😀", "ⴰⵎⴰⵣⵉⵖ"})
        EXPECT_TRUE(Line<9>::parse(raw)) << raw;
    EXPECT_FALSE((Line<5, 3>::parse("ab")));
    EXPECT_FALSE(Line<2>::parse("abc"));
}

TEST(Bounded, CannotLeaveItsRange) {
    EXPECT_FALSE(SeatCount::from(0));
    EXPECT_FALSE(SeatCount::from(9));
    EXPECT_EQ(SeatCount::from(8)->value(), 8);
    EXPECT_EQ(SeatCount::from(-1).error(), (Violation{Rule::out_of_range, "1", "8"}));
}

TEST(Dinars, PercentagesRoundHalfUpAndPartsSumToTheWhole) {
    EXPECT_EQ(share_half_up({1500}, 500), Dinars{75});
    EXPECT_EQ(share_half_up({10}, 500), Dinars{1});  // 0.5 up
    EXPECT_EQ(share_half_up({9}, 500), Dinars{0});
    EXPECT_EQ(share_down({1501}, 5000), Dinars{750});
    std::mt19937_64 random(7);
    for (int i = 0; i < 10'000; ++i) {
        const Dinars whole{static_cast<std::int64_t>(random() % 10'000'000)};
        const Dinars part = share_down(whole, 5000);
        EXPECT_EQ(part + (whole - part), whole);
        EXPECT_LE((share_half_up(whole, 500) * 20 - whole).amount, 10);
        EXPECT_GE((share_half_up(whole, 500) * 20 - whole).amount, -10);
    }
}

TEST(Uuid, IsVersionSevenSortableAndUnique) {
    const Instant now{std::chrono::seconds{1'800'000'000}};
    std::set<Uuid> made;
    for (int i = 0; i < 1'000; ++i) {
        const Uuid id = Uuid::v7(now);
        EXPECT_EQ(id.bytes[6] >> 4, 7);
        EXPECT_EQ(id.bytes[8] >> 6, 2);
        made.insert(id);
    }
    EXPECT_EQ(made.size(), 1'000U);
    EXPECT_LT(*made.rbegin(), Uuid::v7(now + std::chrono::milliseconds{1}));
}

TEST(Uuid, ReadsEitherCaseAndNothingElse) {
    EXPECT_EQ(Uuid::parse("018F6D1E-0000-7000-8000-00000000000A")->str(), "018f6d1e-0000-7000-8000-00000000000a");
    for (const char* text : {"", "018f6d1e00007000800000000000000a", "018f6d1e-0000-7000-8000-00000000000g",
                             "018f6d1e-0000-7000-8000_00000000000a", "{18f6d1e-0000-7000-8000-00000000000a}"}) {
        EXPECT_FALSE(Uuid::parse(text)) << text;
    }
}

TEST(LatLng, ParsesAQueryAndMeasuresOnTheSphere) {
    const LatLng alger = LatLng::parse("36.7538,3.0588").value();
    const LatLng oran = LatLng::parse("35.6971,-0.6308").value();
    EXPECT_NEAR(distance_m(alger, oran), 351'169, 1);
    EXPECT_EQ(distance_m(alger, alger), 0);
    EXPECT_NEAR(distance_m({0, 0}, {0, 180}), 3.14159265358979 * earth_radius_m, 1e-3);
    for (const char* text :
         {"", "1", "1,", ",1", "1,2,3", "91,0", "0,181", "a,b", "1e1,2", " 1,2", "nan,0", "inf,0", "0x10,1"}) {
        EXPECT_FALSE(LatLng::parse(text)) << text;
    }
}

}  // namespace
}  // namespace safargo
