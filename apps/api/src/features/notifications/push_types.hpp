// What a browser says when it subscribes: PushSubscription.toJSON() without its expiry.
#pragma once

#include "contract/described.hpp"

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace safargo::notifications {

// An address at a push service: https, a public name, no port. Whether the name leads to a public address is seen when
// it is asked (net::Request::public_only).
class PushAddress {
public:
    static Checked<PushAddress> parse(std::string_view text);
    const std::string& str() const { return text_; }

private:
    std::string text_;
};

// The browser's public key on P-256, base64url of 65 bytes.
class BrowserKey {
public:
    static Checked<BrowserKey> parse(std::string_view text);
    const std::string& str() const { return text_; }
    const std::string& bytes() const { return bytes_; }

private:
    std::string text_, bytes_;
};

// Base64url of 16 bytes.
class BrowserSecret {
public:
    static Checked<BrowserSecret> parse(std::string_view text);
    const std::string& str() const { return text_; }
    const std::string& bytes() const { return bytes_; }

private:
    std::string text_, bytes_;
};

struct BrowserKeys {
    BrowserKey p256dh;
    BrowserSecret auth;
};
BOOST_DESCRIBE_STRUCT(BrowserKeys, (), (p256dh, auth))

struct SubscribeBrowser {
    PushAddress endpoint;
    BrowserKeys keys;
};
BOOST_DESCRIBE_STRUCT(SubscribeBrowser, (), (endpoint, keys))

struct SubscribedBrowser {
    PushSubscriptionId id;
};
BOOST_DESCRIBE_STRUCT(SubscribedBrowser, (), (id))

struct PushKey {
    std::string public_key;  // for PushManager.subscribe
};
BOOST_DESCRIBE_STRUCT(PushKey, (), (public_key))

}  // namespace safargo::notifications

namespace safargo::contract {

template <>
struct SpelledSchema<notifications::PushAddress> {
    static std::string text() { return R"({"type":"string","format":"uri","pattern":"^https://","maxLength":1000})"; }
};
template <>
struct SpelledSchema<notifications::BrowserKey> {
    static std::string text() { return R"({"type":"string","pattern":"^[A-Za-z0-9_-]{87}$"})"; }
};
template <>
struct SpelledSchema<notifications::BrowserSecret> {
    static std::string text() { return R"({"type":"string","pattern":"^[A-Za-z0-9_-]{22}$"})"; }
};

template <>
inline constexpr std::string_view example_of<notifications::SubscribeBrowser> =
    R"({"endpoint":"https://updates.push.services.mozilla.com/wpush/v2/gAAAAABl","keys":{"p256dh":)"
    R"("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",)"
    R"("auth":"BTBZMqHH6r4Tts7J_aSIgg"}})";

template <>
inline constexpr std::string_view example_of<notifications::PushKey> =
    R"({"public_key":"BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"})";

}  // namespace safargo::contract
