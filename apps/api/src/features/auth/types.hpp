// The wire format of signing in (PRODUCT section 2).
#pragma once

#include "contract/described.hpp"
#include "contract/digit_code.hpp"
#include "contract/person_name.hpp"
#include "contract/public_line.hpp"
#include "core/caller.hpp"
#include "core/language.hpp"
#include "features/auth/identifier.hpp"
#include "ports/messenger.hpp"

#include <string>
#include <vector>

// A phone number, here or abroad, or an email address.
template <>
struct safargo::contract::SpelledSchema<safargo::auth::Identifier> {
    static std::string text() {
        return typed_schema(
            5, 1'000,
            {R"(^[^!-~]*([Tt][Ee][Ll]:)?[^!-'*,:-~]*$|[@\\uff20\\ufe6b])",
             "An Algerian mobile number, a number abroad behind + or 00, or an email address; digits of "
             "any script, blanks, dashes, dots, slashes and parentheses may group a number",
             R"("0551 23 45 67","+213551234567","+33612345678","amel@example.dz")"});
    }
};

namespace safargo::auth {

enum class CodeChannel { sms, email };
BOOST_DESCRIBE_ENUM(CodeChannel, sms, email)

struct RequestCode {
    Identifier identifier;
    std::optional<CodeChannel> channel;
};
BOOST_DESCRIBE_STRUCT(RequestCode, (), (identifier, channel))

struct CodeRequested {
    std::int64_t expires_in, resend_in;  // seconds
};
BOOST_DESCRIBE_STRUCT(CodeRequested, (), (expires_in, resend_in))

using OneTimeCode = DigitCode<6>;

struct VerifyCode {
    Identifier identifier;
    OneTimeCode code;
    std::optional<PublicLine<80, 0>> name;  // empty: not said
    std::optional<Language> locale;
};
BOOST_DESCRIBE_STRUCT(VerifyCode, (), (identifier, code, name, locale))

struct SignedInUser {
    UserId id;
    PersonName name;  // empty until it is said
    std::optional<std::string> phone, email;
    Role role;
    AccountStatus status;
    Language locale;
};
BOOST_DESCRIBE_STRUCT(SignedInUser, (), (id, name, phone, email, role, status, locale))

struct SignedIn {
    std::string access_token, refresh_token;
    std::int64_t expires_in;
    SignedInUser user;
    bool is_new;
};
BOOST_DESCRIBE_STRUCT(SignedIn, (), (access_token, refresh_token, expires_in, user, is_new))

struct RefreshTokens {
    Text<128> refresh_token;
};
BOOST_DESCRIBE_STRUCT(RefreshTokens, (), (refresh_token))

struct Refreshed {
    std::string access_token, refresh_token;
    std::int64_t expires_in;
};
BOOST_DESCRIBE_STRUCT(Refreshed, (), (access_token, refresh_token, expires_in))

struct SessionView {
    SessionId id;
    std::string device;
    Instant created_at, last_used_at;
    bool current;
};
BOOST_DESCRIBE_STRUCT(SessionView, (), (id, device, created_at, last_used_at, current))

struct SessionList {
    std::vector<SessionView> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(SessionList, (), (items, next_cursor))

}  // namespace safargo::auth

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::auth::RequestCode> =
    R"({"identifier":"0550 00 00 01"})";

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::auth::VerifyCode> =
    R"({"identifier":"0550 00 00 01","code":"482103","name":"Yasmine Haddad","locale":"fr"})";
