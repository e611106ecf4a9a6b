// Finds phone numbers among dates, lists and other numbers.
#include "core/contact_words.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <span>

namespace safargo::contact {
namespace {

// Adjacent digits. A run is a sequence of groups with only phone number separators between them.
struct Group {
    std::string digits;
    std::string before;  // the signs between the previous group and this one; "+" before an international number
};
using Run = std::vector<Group>;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// "0551", "O551" (the letter for the zero). Nothing for other words.
std::optional<std::string> digits_in(const Token& token) {
    const bool digits = std::ranges::all_of(token.text, [](char c) { return is_digit(c) || c == 'o'; });
    if (!digits || !std::ranges::any_of(token.text, is_digit)) return std::nullopt;
    std::string text = token.text;
    std::ranges::replace(text, 'o', '0');
    return text;
}

// Which signs may stand between the digits of one number. Text is read in each mode, since a sign that separates two
// numbers in one text groups the digits of a single number in another. Colons also appear in times, so they count only
// directly between digits.
enum class Signs { of_numbers, any, colons };

bool part_digits(Signs signs, const Token& sign) {
    constexpr std::string_view units[] = {":", "°", "%", "€", "$", "£"};
    switch (signs) {
        case Signs::of_numbers:
            return std::string_view("+.-/_*,|").contains(sign.text);
        case Signs::any:
            return std::ranges::find(units, std::string_view(sign.text)) == std::end(units);
        case Signs::colons:
            return sign.is(":") && sign.glued;
    }
    return false;
}

class Runs {
public:
    Runs(std::span<const Token> tokens, Signs signs) : kind_(signs) {
        while (!tokens.empty()) {
            const auto spoken = spoken_number(tokens);
            if (spoken) add(spoken->digits);
            if (!spoken) take(tokens.front());
            tokens = tokens.subspan(spoken ? spoken->tokens : 1);
        }
    }
    const std::vector<Run>& all() const { return runs_; }

private:
    static constexpr std::size_t most_signs = 3;

    void take(const Token& token) {
        if (kind_ == Signs::colons && !token.glued) end();
        if (const auto digits = digits_in(token)) {
            add(*digits);
        } else if (token.is_word()) {
            take_mixed(token.text);
        } else if (part_digits(kind_, token) && count_ < most_signs) {
            signs_ += token.text;
            ++count_;
        } else {
            end();
        }
    }
    void add(std::string digits) {
        runs_.back().push_back({std::move(digits), std::move(signs_)});
        signs_.clear();
        count_ = 0;
    }
    void end() {
        runs_.emplace_back();
        signs_.clear();
        count_ = 0;
    }
    // "amel0551234567", "05h30": letters end a number, underscores group it.
    void take_mixed(std::string_view word) {
        while (!word.empty()) {
            const std::size_t digits = std::min(word.find_first_not_of("0123456789"), word.size());
            if (digits > 0) add(std::string(word.substr(0, digits)));
            word.remove_prefix(digits);
            const std::size_t letters = std::min(word.find_first_of("0123456789"), word.size());
            const bool only_lines = word.substr(0, letters).find_first_not_of('_') == std::string_view::npos;
            if (letters > 0 && !only_lines) end();
            word.remove_prefix(letters);
        }
    }

    Signs kind_;
    std::vector<Run> runs_ = std::vector<Run>(1);
    std::string signs_;
    std::size_t count_ = 0;  // number of digits
};

int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = 10 * value + (c - '0');
    return value;
}

// "01/11/1954", "5.7.1962"
bool is_date(std::span<const Group> groups) {
    if (groups.size() < 3 || groups[1].before != groups[2].before) return false;
    if (groups[1].before != "/" && groups[1].before != "." && groups[1].before != "-") return false;
    if (groups[0].digits.size() > 2 || groups[1].digits.size() > 2 || groups[2].digits.size() != 4) return false;
    const int year = number(groups[2].digits);
    return number(groups[0].digits) <= 31 && number(groups[1].digits) <= 12 && year >= 1800 && year < 2200;
}

// "06 07 08 09 10": bus lines, door numbers or years in equal steps, up or down.
bool is_list(std::span<const Group> groups) {
    constexpr std::size_t longest = 4;
    const std::size_t size = groups.front().digits.size();
    if (groups.size() < 3 || size < 2 || size > longest) return false;
    if (!std::ranges::all_of(groups, [&](const Group& group) { return group.digits.size() == size; })) return false;
    const int step = number(groups[1].digits) - number(groups[0].digits);
    for (std::size_t i = 1; i < groups.size(); ++i)
        if (step == 0 || number(groups[i].digits) - number(groups[i - 1].digits) != step) return false;
    return true;
}

bool is_mobile(std::string_view national) {
    return national.size() == 9 && national[0] >= '5' && national[0] <= '7';
}

bool is_algerian(std::string_view digits) {
    if (digits.starts_with("213")) digits.remove_prefix(3);
    return digits.starts_with('0') && is_mobile(digits.substr(1));
}

// "551 23 45 67": without the leading zero it must be grouped like a phone number and stand alone.
bool is_bare_mobile(std::span<const Group> run) {
    if (run.empty() || is_list(run)) return false;
    std::string sizes, digits;
    for (const Group& group : run) {
        sizes += std::to_string(group.digits.size());
        digits += group.digits;
    }
    return is_mobile(digits) && (sizes == "9" || sizes == "3222" || sizes == "333" || sizes == "32211");
}

// Whether the digits starting at the first group form a phone number.
bool is_phone(const Group& first, std::string_view digits) {
    const bool plus = first.before.ends_with('+');
    if (plus) return digits.size() >= 9 && digits.size() <= 15 && digits[0] != '0';
    if (is_algerian(digits)) return true;
    if (digits.starts_with("213") && is_mobile(digits.substr(3))) return true;
    const bool landline = digits.size() == 9 && digits[0] == '0' && digits[1] >= '2' && digits[1] <= '4';
    if (landline && first.digits.size() >= 3) return true;
    return digits.starts_with("00") && digits.size() >= 12 && digits.size() <= 17 && digits[2] != '0';
}

bool begins_with_phone(std::span<const Group> groups) {
    constexpr std::size_t longest = 17;
    std::string digits;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        digits += groups[i].digits;
        if (digits.size() > longest) return false;
        if (is_phone(groups.front(), digits) && !is_list(groups.first(i + 1))) return true;
    }
    return false;
}

bool holds_phone_number(const Run& run) {
    if (is_bare_mobile(run)) return true;
    for (std::span<const Group> rest(run); !rest.empty();) {
        if (is_date(rest)) {
            rest = rest.subspan(3);
            continue;
        }
        if (begins_with_phone(rest)) return true;
        rest = rest.subspan(1);
    }
    return false;
}

}  // namespace

bool holds_phone_number(const std::vector<Token>& tokens) {
    return std::ranges::any_of(std::array{Signs::of_numbers, Signs::any, Signs::colons}, [&](Signs signs) {
        const Runs runs(tokens, signs);
        return std::ranges::any_of(runs.all(), [](const Run& run) { return holds_phone_number(run); });
    });
}

}  // namespace safargo::contact
