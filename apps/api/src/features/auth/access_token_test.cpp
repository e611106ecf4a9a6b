#include "features/auth/access_token.hpp"

#include <gtest/gtest.h>

namespace safargo::auth {
namespace {

const Instant now = parse_instant("2026-12-01T12:00:00Z").value();
const UserId user = UserId::make(now);
const SessionId session = SessionId::make(now);
constexpr const char* secret = "0123456789abcdef0123456789abcdef";
const AccessTokens tokens(secret);

TEST(AccessToken, SaysWhoAndUntilWhen) {
    const auto claims = tokens.verify(tokens.issue(user, session, now), now);
    ASSERT_TRUE(claims);
    EXPECT_EQ(claims->user, user);
    EXPECT_EQ(claims->session, session);
    EXPECT_EQ(claims->expires_at, now + access_token_life);
}

TEST(AccessToken, APreviousSecretIsStillAcceptedAndSignsNothing) {
    constexpr auto fresh = "fedcba9876543210fedcba9876543210";
    const AccessTokens rotated({fresh, secret});
    EXPECT_TRUE(rotated.verify(tokens.issue(user, session, now), now));
    EXPECT_FALSE(AccessTokens(fresh).verify(tokens.issue(user, session, now), now));
    EXPECT_FALSE(tokens.verify(rotated.issue(user, session, now), now));
}

TEST(AccessToken, EveryAlteredCharacterIsRefused) {
    const std::string token = tokens.issue(user, session, now);
    for (std::size_t i = 0; i + 1 < token.size(); ++i) {  // the last one carries padding bits
        std::string altered = token;
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(tokens.verify(altered, now)) << i;
    }
}

TEST(AccessToken, OtherAlgorithmsAreRefused) {
    const std::string token = tokens.issue(user, session, now);
    const std::string header = crypto::from_base64url(token.substr(0, token.find('.'))).value();
    for (const std::string algorithm : {"none", "None", "HS384", "HS512", "RS256"}) {
        std::string forged = header;
        forged.replace(forged.find("HS256"), 5, algorithm);
        const std::string rest = token.substr(token.find('.'));
        EXPECT_FALSE(tokens.verify(crypto::base64url(forged) + rest, now)) << algorithm;
        EXPECT_FALSE(tokens.verify(crypto::base64url(forged) + rest.substr(0, rest.rfind('.') + 1), now)) << algorithm;
    }
}

// Signed by our own key, with any text where the expiry belongs.
std::string expiring(const std::string& exp) {
    const std::string honest = tokens.issue(user, session, now);
    std::string claims =
        crypto::from_base64url(honest.substr(honest.find('.') + 1, honest.rfind('.') - honest.find('.') - 1)).value();
    const std::size_t begin = claims.find("\"exp\":") + 6;
    claims.replace(begin, claims.find_first_of(",}", begin) - begin, exp);
    const std::string text = honest.substr(0, honest.find('.') + 1) + crypto::base64url(claims);
    const crypto::Key mac = crypto::hmac_sha256({reinterpret_cast<const std::uint8_t*>(secret), 32}, text);
    return text + '.' + crypto::base64url(crypto::view(mac));
}

TEST(AccessToken, EndsSoonAndAtAWholeSecond) {
    const auto seconds = [](Instant at) {
        return std::to_string(std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
    };
    ASSERT_TRUE(tokens.verify(expiring(seconds(now + access_token_life)), now)) << "or this test signs badly";
    for (const std::string exp :
         {"9223372036854775807", "-9223372036854775808", "9223372036854775", "18446744073709551616", "1e18", "-1", "0",
          "1796126400.5", "true", "null", "\"1796126400\"", "[1796126400]", "9e999"}) {
        EXPECT_FALSE(tokens.verify(expiring(exp), now)) << exp;
    }
    EXPECT_FALSE(tokens.verify(expiring(seconds(now)), now));
    EXPECT_FALSE(tokens.verify(expiring(seconds(now + std::chrono::days{1})), now))
        << "we issue none that lives so long";
}

TEST(AccessToken, RefusesWhatIsNoToken) {
    for (const std::string text : {"", ".", "..", "a.b.c", "ey.ey.ey"}) EXPECT_FALSE(tokens.verify(text, now));
    EXPECT_FALSE(tokens.verify(std::string(5000, 'a'), now));
    EXPECT_FALSE(tokens.verify(tokens.issue(user, session, now) + '\0', now));
}

}  // namespace
}  // namespace safargo::auth
