// Spelled-out numbers, a digit or a pair at a time: "zéro cinq cinquante et un vingt-trois".
#include "core/contact_words.hpp"

#include <algorithm>
#include <iterator>

namespace safargo::contact {
namespace {

using Tokens = std::span<const Token>;

struct NumberWord {
    std::string_view word;
    int value;
};

// All spelled as tokens_of returns them.
constexpr NumberWord units[] = {
    {"zero", 0},  {"un", 1},    {"une", 1},    {"deux", 2},   {"trois", 3}, {"quatre", 4}, {"cinq", 5},  {"six", 6},
    {"sept", 7},  {"huit", 8},  {"neuf", 9},   {"one", 1},    {"two", 2},   {"three", 3},  {"four", 4},  {"five", 5},
    {"seven", 7}, {"eight", 8}, {"nine", 9},   {"صفر", 0},    {"واحد", 1},  {"اثنان", 2},  {"اثنين", 2}, {"زوج", 2},
    {"ثلاثه", 3}, {"ثلاثة", 3}, {"اربعه", 4},  {"اربعة", 4},  {"خمسه", 5},  {"خمسة", 5},   {"سته", 6},   {"ستة", 6},
    {"سبعه", 7},  {"سبعة", 7},  {"ثمانيه", 8}, {"ثمانية", 8}, {"تسعه", 9},  {"تسعة", 9},
};

constexpr NumberWord teens[] = {
    {"dix", 10},      {"onze", 11},     {"douze", 12},   {"treize", 13},  {"quatorze", 14},
    {"quinze", 15},   {"seize", 16},    {"ten", 10},     {"eleven", 11},  {"twelve", 12},
    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17},
    {"eighteen", 18}, {"nineteen", 19}, {"عشره", 10},    {"عشرة", 10},
};

constexpr NumberWord tens[] = {
    {"vingt", 20},    {"trente", 30},  {"quarante", 40}, {"cinquante", 50}, {"soixante", 60}, {"septante", 70},
    {"huitante", 80}, {"octante", 80}, {"nonante", 90},  {"twenty", 20},    {"thirty", 30},   {"forty", 40},
    {"fourty", 40},   {"fifty", 50},   {"sixty", 60},    {"seventy", 70},   {"eighty", 80},   {"ninety", 90},
    {"عشرين", 20},    {"عشرون", 20},   {"ثلاثين", 30},   {"ثلاثون", 30},    {"اربعين", 40},   {"اربعون", 40},
    {"خمسين", 50},    {"خمسون", 50},   {"ستين", 60},     {"ستون", 60},      {"سبعين", 70},    {"سبعون", 70},
    {"ثمانين", 80},   {"ثمانون", 80},  {"تسعين", 90},    {"تسعون", 90},
};

struct Number {
    int value;
    std::size_t tokens;
};

template <std::size_t Size>
std::optional<Number> read(const NumberWord (&table)[Size], Tokens from) {
    if (from.empty()) return std::nullopt;
    const auto* found = std::ranges::find(table, std::string_view(from[0].text), &NumberWord::word);
    if (found == std::end(table)) return std::nullopt;
    return Number{found->value, 1};
}

// "-", "et", "-et-": the tokens between tens and units.
std::size_t joints(Tokens from) {
    std::size_t count = 0;
    while (count < from.size() && count < 3 && (from[count].is("-") || from[count].is("et") || from[count].is("and")))
        ++count;
    return count;
}

Tokens behind(Tokens from, std::size_t tokens) {
    const Tokens rest = from.subspan(tokens);
    return rest.subspan(joints(rest));
}

Number joined(Tokens from, Number first, Number second) {
    const std::size_t between = joints(from.subspan(first.tokens));
    return {first.value + second.value, first.tokens + between + second.tokens};
}

// "dix-sept", "seize"
std::optional<Number> read_teen(Tokens from) {
    const auto teen = read(teens, from);
    if (!teen || !from[0].is("dix")) return teen;
    const auto unit = read(units, behind(from, 1));
    return unit && unit->value >= 7 ? joined(from, *teen, *unit) : teen;
}

// "quatre-vingts", "soixante"
std::optional<Number> read_base(Tokens from) {
    if (const auto base = read(tens, from)) return base;
    if (from.empty() || !from[0].is("quatre")) return std::nullopt;
    const Tokens rest = behind(from, 1);
    if (rest.empty() || (!rest[0].is("vingt") && !rest[0].is("vingts"))) return std::nullopt;
    return Number{80, 2 + joints(from.subspan(1))};
}

// "cinquante et un", "soixante-dix-sept", "واحد وخمسين"
std::optional<Number> read_pair(Tokens from) {
    if (const auto base = read_base(from)) {
        const Tokens rest = behind(from, base->tokens);
        const bool by_twenties = base->value == 60 || base->value == 80;
        if (const auto teen = read_teen(rest); teen && by_twenties) return joined(from, *base, *teen);
        if (const auto unit = read(units, rest); unit && unit->value > 0) return joined(from, *base, *unit);
        return base;
    }
    constexpr std::string_view and_letter = "و";
    const auto unit = read(units, from);
    if (unit && from.size() > 1 && from[1].text.starts_with(and_letter)) {
        const Token joined_word{from[1].text.substr(and_letter.size())};
        if (const auto base = read(tens, {&joined_word, 1})) return Number{unit->value + base->value, 2};
    }
    return read_teen(from);
}

// "cinq cent cinquante et un"
std::optional<Number> read_hundreds(Tokens from) {
    const auto unit = read(units, from);
    const std::size_t at = unit && unit->value > 1 ? 1 : 0;
    if (from.size() <= at || (!from[at].is("cent") && !from[at].is("cents"))) return std::nullopt;
    const Number hundreds{at == 1 ? 100 * unit->value : 100, at + 1};
    const Tokens rest = behind(from, hundreds.tokens);
    if (const auto pair = read_pair(rest)) return joined(from, hundreds, *pair);
    if (const auto last = read(units, rest); last && last->value > 0) return joined(from, hundreds, *last);
    return hundreds;
}

}  // namespace

std::optional<SpokenNumber> spoken_number(std::span<const Token> tokens) {
    auto number = read_hundreds(tokens);
    if (!number) number = read_pair(tokens);
    if (!number) number = read(units, tokens);
    if (!number) return std::nullopt;
    return SpokenNumber{std::to_string(number->value), number->tokens};
}

}  // namespace safargo::contact
