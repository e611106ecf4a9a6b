#include "db/migrations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace safargo::db {
namespace {

constexpr std::size_t minute_digits = 12;
constexpr std::string_view suffix = ".sql";
constexpr std::size_t longest_name = 120;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

int number(std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

bool is_minute(std::string_view text) {
    if (text.size() != minute_digits || !std::ranges::all_of(text, is_digit)) return false;
    const std::chrono::year_month_day day{std::chrono::year{number(text.substr(0, 4))},
                                          std::chrono::month{static_cast<unsigned>(number(text.substr(4, 2)))},
                                          std::chrono::day{static_cast<unsigned>(number(text.substr(6, 2)))}};
    return day.ok() && number(text.substr(8, 2)) < 24 && number(text.substr(10, 2)) < 60;
}

// Words of letters and digits, each starting with a letter; at least a verb and a noun.
bool are_words(std::string_view text) {
    bool word_begins = true;
    for (const char c : text) {
        if (word_begins ? !is_lower(c) : !(is_lower(c) || is_digit(c) || c == '_')) return false;
        word_begins = c == '_';
    }
    return !word_begins && text.find('_') != text.npos;
}

}  // namespace

std::optional<MigrationName> MigrationName::parse(std::string_view file_name) {
    if (file_name.size() > longest_name || file_name.size() <= minute_digits || !file_name.ends_with(suffix)) {
        return std::nullopt;
    }
    file_name.remove_suffix(suffix.size());
    const std::string_view minute = file_name.substr(0, std::min(minute_digits, file_name.size()));
    const std::string_view rest = file_name.substr(minute.size());
    if (!is_minute(minute) || !rest.starts_with('_') || !are_words(rest.substr(1))) return std::nullopt;
    return MigrationName{std::string(minute), std::string(rest.substr(1))};
}

std::string MigrationName::str() const {
    return fmt::format("{}_{}{}", minute, words, suffix);
}

}  // namespace safargo::db
