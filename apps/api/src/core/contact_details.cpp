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
// Top-level domains that follow a dot only in links, whatever precedes it: "x.com".
constexpr std::array<std::string_view, 3> sure_endings{"com", "net", "org"};
// Top-level domains that make a link after a word of at least three letters; "av.de" and the like are abbreviations.
constexpr std::array<std::string_view, 33> endings{
    "com",  "net",     "org",   "dz",   "fr",   "info", "io",   "link", "online", "shop", "xyz",
    "eu",   "biz",     "ly",    "gl",   "me",   "app",  "site", "dev",  "store",  "page", "club",
    "tech", "website", "space", "live", "blog", "gg",   "ee",   "be",   "tv",     "cc",   "co"};
// Words people abbreviate with a dot: "Imm.app 12".
constexpr std::array<std::string_view, 26> abbreviations{
    "imm",         "immeuble", "bat",       "batiment", "bloc",  "res",   "residence", "lot", "lots",
    "lotissement", "cite",     "hai",       "villa",    "porte", "etage", "entree",    "esc", "appt",
    "apt",         "bld",      "boulevard", "ave",      "rue",   "route", "place",     "zone"};
constexpr std::array<std::string_view, 6> spoken_endings{"com", "net", "org", "dz", "fr", "كوم"};
constexpr std::array<std::string_view, 5> before_me{"wa", "t", "m", "fb", "ig"};
// Too short to name a messenger without a sign after them.
constexpr std::array<std::string_view, 4> short_messengers{"fb", "ig", "wa", "tg"};
constexpr std::array<std::string_view, 4> before_point{"rond", "le", "au", "du"};
constexpr std::array<std::string_view, 23> messengers{
    "whatsapp", "whatsap",  "watsapp",  "watsap", "wathsapp", "telegram",  "viber",  "instagram",
    "insta",    "snapchat", "snap",     "tiktok", "facebook", "messenger", "signal", "واتساب",
    "واتس",     "تلغرام",   "تيليجرام", "فايبر",  "انستغرام", "انستا",     "سناب"};

std::size_t length(const Token& token) {
    return token.text.size();
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool has_digit(const Token& token) {
    return std::ranges::any_of(token.text, is_digit);
}

// "gmail.com", "gmail point com", "gmail com"
bool is_provider(Tokens at) {
    if (at.size() < 2 || !is_one_of(providers, at[0])) return false;
    if (is_one_of(spoken_endings, at[1])) return true;
    return at.size() > 2 && is_one_of(dot_words, at[1]) && is_one_of(spoken_endings, at[2]);
}

bool has_letter(const Token& token) {
    return std::ranges::any_of(token.text, [](char c) { return c != '_' && !is_digit(c); });
}

// "site.dz", "x.com", "youtu.be/x", "t.me"
bool is_written_domain(Tokens at) {
    if (is_one_of(sure_endings, at[2])) return true;
    if (at[2].is("me") && is_one_of(before_me, at[0])) return true;
    const bool has_path = at.size() > 4 && at[3].is("/") && at[3].glued && at[4].glued;
    if (!is_one_of(endings, at[2]) || is_one_of(abbreviations, at[0]) || !has_letter(at[0])) return false;
    return length(at[0]) >= 3 || has_path;
}

// As is_written_domain, and "site point dz".
bool is_domain(Tokens at) {
    if (at.size() < 3 || !at[0].is_word() || !at[2].is_word()) return false;
    if (at[1].is(".") && at[1].glued && at[2].glued) return is_written_domain(at);
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
        digits += static_cast<std::size_t>(std::ranges::count_if(token.text, is_digit));
    }
    const bool account = at[1].is_word() && length(at[1]) >= 4 && (at[1].text.contains('_') || has_digit(at[1]));
    return account || digits >= 6;
}

// "fb: amel", "ig=amel", "fb/amel", "ig amel_31"
bool is_short_messenger_account(Tokens at) {
    if (at.size() < 2 || !is_one_of(short_messengers, at[0])) return false;
    const bool slash = at[1].is("/") && at[1].glued;
    if (slash || at[1].is(":") || at[1].is("=")) return at.size() > 2 && at[2].is_word();
    const bool named = at[1].is_word() && length(at[1]) >= 4 && !is_digit(at[1].text.front());
    return named && (at[1].text.contains('_') || has_digit(at[1]));
}

}  // namespace

bool holds_contact_details(std::string_view utf8) {
    const std::vector<Token> tokens = contact::tokens_of(utf8);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Tokens from = Tokens(tokens).subspan(i);
        if (is_mail_or_handle(from) || is_provider(from) || is_domain(from) || is_link(from) ||
            is_messenger_account(from) || is_short_messenger_account(from))
            return true;
    }
    return contact::holds_phone_number(tokens);
}

}  // namespace safargo
