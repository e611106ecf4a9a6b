#include "core/contact_details.hpp"

#include "core/contact_words.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace safargo {
namespace {

using contact::Token;
using Tokens = std::span<const Token>;

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& words, const Token& token) {
    return std::ranges::find(words, std::string_view(token.text)) != words.end();
}

constexpr std::array<std::string_view, 6> at_words{"@", "at", "arobase", "arobas", "ات", "اروباز"};
constexpr std::array<std::string_view, 7> dot_words{".", "dot", "point", "نقطه", "نقطة", "دوت", "بوان"};
constexpr std::array<std::string_view, 16> providers{"gmail",  "googlemail", "hotmail", "yahoo",   "ymail", "outlook",
                                                     "icloud", "protonmail", "proton",  "laposte", "gmx",   "live",
                                                     "جيميل",  "هوتميل",     "ياهو",    "اوتلوك"};
// Endings that stand behind a dot in nothing but a link; "av.de", "imm.app" and the like are abbreviations.
constexpr std::array<std::string_view, 15> endings{"com",    "net",  "org", "dz", "fr",  "info", "io", "link",
                                                   "online", "shop", "xyz", "eu", "biz", "ly",   "gl"};
constexpr std::array<std::string_view, 6> spoken_endings{"com", "net", "org", "dz", "fr", "كوم"};
constexpr std::array<std::string_view, 5> before_me{"wa", "t", "m", "fb", "ig"};
constexpr std::array<std::string_view, 4> before_point{"rond", "le", "au", "du"};
constexpr std::array<std::string_view, 23> messengers{
    "whatsapp", "whatsap",  "watsapp",  "watsap", "wathsapp", "telegram",  "viber",  "instagram",
    "insta",    "snapchat", "snap",     "tiktok", "facebook", "messenger", "signal", "واتساب",
    "واتس",     "تلغرام",   "تيليجرام", "فايبر",  "انستغرام", "انستا",     "سناب"};

std::size_t length(const Token& token) {
    return token.text.size();
}

bool has_digit(const Token& token) {
    return std::ranges::any_of(token.text, [](char c) { return c >= '0' && c <= '9'; });
}

// "gmail.com", "gmail point com", "gmail com"
bool is_provider(Tokens at) {
    if (at.size() < 2 || !is_one_of(providers, at[0])) return false;
    if (is_one_of(spoken_endings, at[1])) return true;
    return at.size() > 2 && is_one_of(dot_words, at[1]) && is_one_of(spoken_endings, at[2]);
}

// "site.dz", "site point dz"
bool is_domain(Tokens at) {
    if (at.size() < 3 || !at[0].is_word() || !at[2].is_word()) return false;
    if (at[1].is(".") && at[1].glued && at[2].glued) {
        const bool known = is_one_of(endings, at[2]) && length(at[0]) >= 3;
        return known || (at[2].is("me") && is_one_of(before_me, at[0])) || (at[0].is("bit") && at[2].is("ly"));
    }
    return !at[1].is(".") && is_one_of(dot_words, at[1]) && is_one_of(spoken_endings, at[2]) &&
           !is_one_of(before_point, at[0]);
}

bool is_mail_or_handle(Tokens at) {
    if (at.size() < 2 || !is_one_of(at_words, at[0])) return false;
    const bool handle = at[0].is("@") && at[1].is_word() && at[1].glued && length(at[1]) >= 3;
    const bool spoken_domain = at.size() > 3 && is_one_of(dot_words, at[2]) && is_one_of(spoken_endings, at[3]);
    return handle || is_one_of(providers, at[1]) || spoken_domain;
}

bool is_link(Tokens at) {
    if (at.size() < 2) return false;
    if (at[0].is("www") && at[1].is(".")) return true;
    if ((at[0].is("http") || at[0].is("https")) && at[1].is(":")) return true;
    return at.size() > 2 && at[0].is(":") && at[1].is("/") && at[2].is("/");
}

// "insta: amel", "snap amel_31", "whatsapp 55 12 34"
bool is_messenger_account(Tokens at) {
    if (at.size() < 2 || !is_one_of(messengers, at[0])) return false;
    if (at[1].is(":") || at[1].is("=")) return at.size() > 2;
    std::size_t digits = 0;
    for (const Token& token : at.subspan(1)) {
        digits +=
            static_cast<std::size_t>(std::ranges::count_if(token.text, [](char c) { return c >= '0' && c <= '9'; }));
    }
    const bool account = at[1].is_word() && length(at[1]) >= 4 && (at[1].text.contains('_') || has_digit(at[1]));
    return account || digits >= 6;
}

}  // namespace

bool holds_contact_details(std::string_view utf8) {
    const std::vector<Token> tokens = contact::tokens_of(utf8);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Tokens from = Tokens(tokens).subspan(i);
        if (is_mail_or_handle(from) || is_provider(from) || is_domain(from) || is_link(from) ||
            is_messenger_account(from))
            return true;
    }
    return contact::holds_phone_number(tokens);
}

}  // namespace safargo
