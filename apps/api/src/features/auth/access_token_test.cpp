#include "features/auth/access_token.hpp"

#include <gtest/gtest.h>

namespace safargo::auth {
namespace {

const Instant now = parse_instant("2026-12-01T12:00:00Z").value();
const UserId user = UserId::make(now);
const SessionId session = SessionId::make(now);
constexpr const char* secret = "0123456789abcdef0123456789abcdef";
const AccessTokens tokens(secret);

TEST(AccessToken, NamesTheCallerAndTheExpiry) {
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

std::string sign(const std::string& header, const std::string& claims) {
    const std::string text = crypto::base64url(header) + '.' + crypto::base64url(claims);
    const crypto::Key mac = crypto::hmac_sha256({reinterpret_cast<const std::uint8_t*>(secret), 32}, text);
    return text + '.' + crypto::base64url(crypto::view(mac));
}

std::string header_of(const std::string& token) {
    return crypto::from_base64url(token.substr(0, token.find('.'))).value();
}

std::string claims_of(const std::string& token) {
    const std::size_t begin = token.find('.') + 1;
    return crypto::from_base64url(token.substr(begin, token.rfind('.') - begin)).value();
}

// Signed by our own key, with any text where the value of a claim belongs.
std::string altered(const std::string& claim, const std::string& value) {
    const std::string honest = tokens.issue(user, session, now);
    std::string claims = claims_of(honest);
    const std::size_t begin = claims.find('"' + claim + "\":") + claim.size() + 3;
    claims.replace(begin, claims.find_first_of(",}", begin) - begin, value);
    return sign(header_of(honest), claims);
}

std::string expiring(const std::string& exp) {
    return altered("exp", exp);
}

// Signed by our own key, with one member more.
std::string with_claim(const std::string& member) {
    const std::string honest = tokens.issue(user, session, now);
    return sign(header_of(honest), claims_of(honest).insert(1, member + ','));
}

std::string with_header(const std::string& member) {
    const std::string honest = tokens.issue(user, session, now);
    return sign(header_of(honest).insert(1, member + ','), claims_of(honest));
}

std::string seconds(Instant at) {
    return std::to_string(std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
}

TEST(AccessToken, FromTheFutureIsNotValidYet) {
    ASSERT_TRUE(tokens.verify(with_claim("\"jti\":\"x\""), now)) << "otherwise this test signs wrongly";
    EXPECT_TRUE(tokens.verify(with_claim("\"nbf\":" + seconds(now)), now));
    for (const std::string& nbf :
         {seconds(now + std::chrono::seconds{1}), seconds(now + std::chrono::days{1}),
          std::string("9223372036854775807"), std::string("1e300"), std::string("1e3"), std::string("1.5"),
          std::string("null"), std::string("true"), std::string("\"0\""), std::string("[0]"), std::string("{}")}) {
        EXPECT_FALSE(tokens.verify(with_claim("\"nbf\":" + nbf), now)) << nbf;
    }
    EXPECT_TRUE(tokens.verify(altered("iat", seconds(now + std::chrono::minutes{5})), now))
        << "clocks of replicas differ";
    for (const std::string& iat : {seconds(now + std::chrono::minutes{6}), std::string("1e300"), std::string("null")}) {
        EXPECT_FALSE(tokens.verify(altered("iat", iat), now)) << iat;
    }
}

TEST(AccessToken, ForAnotherAudienceIsRefused) {
    for (const char* aud : {"\"other\"", "[\"other\"]", "[\"other\",\"safargo\"]", "[]", "\"\"", "null", "1"}) {
        EXPECT_FALSE(tokens.verify(with_claim("\"aud\":" + std::string(aud)), now)) << aud;
    }
    for (const char* iss : {"\"other\"", "[\"safargo\"]", "\"Safargo\"", "\"\"", "null", "1"}) {
        EXPECT_FALSE(tokens.verify(altered("iss", iss), now)) << iss;
    }
}

TEST(AccessToken, WithACriticalHeaderIsRefused) {
    ASSERT_TRUE(tokens.verify(with_header("\"cty\":\"x\""), now)) << "otherwise this test signs wrongly";
    for (const char* crit : {"[\"exp\"]", "[\"b64\"]", "[]", "\"exp\"", "null", "{}", "true"}) {
        EXPECT_FALSE(tokens.verify(with_header("\"crit\":" + std::string(crit)), now)) << crit;
    }
}

TEST(AccessToken, ExpiresSoonAndAtAWholeSecond) {
    ASSERT_TRUE(tokens.verify(expiring(seconds(now + access_token_life)), now)) << "otherwise this test signs wrongly";
    for (const std::string exp :
         {"9223372036854775807", "-9223372036854775808", "9223372036854775", "18446744073709551616", "1e18", "-1", "0",
          "1796126400.5", "true", "null", "\"1796126400\"", "[1796126400]", "9e999", "1e300", "-1e300", "1.7961264e9",
          "\"9e999\"", "{}", "1796126400.0"}) {
        EXPECT_FALSE(tokens.verify(expiring(exp), now)) << exp;
    }
    EXPECT_FALSE(tokens.verify(expiring(seconds(now)), now));
    EXPECT_FALSE(tokens.verify(expiring(seconds(now + std::chrono::days{1})), now))
        << "we issue none with such a lifetime";
}

TEST(AccessToken, RefusesInvalidTokens) {
    for (const std::string text : {"", ".", "..", "a.b.c", "ey.ey.ey"}) EXPECT_FALSE(tokens.verify(text, now));
    EXPECT_FALSE(tokens.verify(std::string(5000, 'a'), now));
    EXPECT_FALSE(tokens.verify(tokens.issue(user, session, now) + '\0', now));
}

}  // namespace
}  // namespace safargo::auth
