#include "core/text_pattern.hpp"

#include <unicode/messagepattern.h>
#include <unicode/plurrule.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <stdexcept>

namespace safargo {
namespace {

using Piece = TextPattern::Piece;
using Branch = TextPattern::Branch;
using Kind = Piece::Kind;

std::string utf8(const icu::UnicodeString& text) {
    std::string bytes;
    return text.toUTF8String(bytes);
}

// Walks the parts found by ICU in order.
class Reader {
public:
    explicit Reader(std::string_view text) : pattern_(UMSGPAT_APOS_DOUBLE_OPTIONAL, status_) {
        if (U_SUCCESS(status_)) pattern_.parse(icu::UnicodeString::fromUTF8(text), nullptr, status_);
        if (U_FAILURE(status_)) throw std::invalid_argument(u_errorName(status_));
    }

    // From the current MSG_START to past its MSG_LIMIT; `counted` is the argument that '#' stands for.
    std::vector<Piece> read_message(const std::string& counted = {}) {
        std::vector<Piece> pieces;
        int32_t from = take().getLimit();
        while (true) {
            const icu::MessagePattern::Part part = pattern_.getPart(at_);
            add_words(pieces, from, part.getIndex());
            if (part.getType() == UMSGPAT_PART_TYPE_ARG_START) {
                pieces.push_back(read_argument());
                from = pattern_.getPart(at_ - 1).getLimit();
                continue;
            }
            from = take().getLimit();
            if (part.getType() == UMSGPAT_PART_TYPE_MSG_LIMIT) return pieces;
            if (part.getType() == UMSGPAT_PART_TYPE_REPLACE_NUMBER) pieces.push_back({Kind::value, counted});
        }
    }

private:
    icu::MessagePattern::Part take() { return pattern_.getPart(at_++); }

    void add_words(std::vector<Piece>& pieces, int32_t from, int32_t to) const {
        if (from == to) return;
        pieces.push_back({Kind::words, utf8(pattern_.getPatternString().tempSubStringBetween(from, to))});
    }

    Piece read_argument() {
        const int32_t limit = pattern_.getLimitPartIndex(at_);
        const UMessagePatternArgType type = take().getArgType();
        const icu::MessagePattern::Part name = take();
        if (name.getType() != UMSGPAT_PART_TYPE_ARG_NAME) throw std::invalid_argument("arguments must have names");
        Piece piece{kind_of(type), utf8(pattern_.getSubstring(name))};
        while (at_ < limit) piece.branches.push_back(read_branch(piece));
        ++at_;
        return piece;
    }

    static Kind kind_of(UMessagePatternArgType type) {
        switch (type) {
            case UMSGPAT_ARG_TYPE_NONE:
                return Kind::value;
            case UMSGPAT_ARG_TYPE_PLURAL:
                return Kind::plural;
            case UMSGPAT_ARG_TYPE_SELECT:
                return Kind::select;
            default:
                throw std::invalid_argument("only plural and select are supported");
        }
    }

    Branch read_branch(const Piece& piece) {
        const icu::MessagePattern::Part selector = take();
        if (selector.getType() != UMSGPAT_PART_TYPE_ARG_SELECTOR) throw std::invalid_argument("no offsets");
        if (pattern_.getPart(at_).getType() != UMSGPAT_PART_TYPE_MSG_START) ++at_;  // skips the number of "=1"
        return {utf8(pattern_.getSubstring(selector)),
                read_message(piece.kind == Kind::plural ? piece.text : std::string())};
    }

    UErrorCode status_ = U_ZERO_ERROR;
    icu::MessagePattern pattern_;
    int32_t at_ = 0;
};

const icu::PluralRules& plural_rules(Language language) {
    using Rules = std::unique_ptr<icu::PluralRules>;
    static const auto load = [](const char* locale) {
        UErrorCode status = U_ZERO_ERROR;
        Rules rules(icu::PluralRules::forLocale(icu::Locale(locale), status));
        if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
        return rules;
    };
    static const std::array<Rules, 3> all{load("fr"), load("ar"), load("en")};
    return *all[static_cast<std::size_t>(language)];
}

// Anything but a whole number is "other".
std::string category(std::string_view value, Language language) {
    int32_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc{} || end != value.data() + value.size()) return "other";
    return utf8(plural_rules(language).select(number));
}

const Branch& find_branch(const std::vector<Branch>& branches, std::string_view selector) {
    const auto found = std::ranges::find(branches, selector, &Branch::selector);
    if (found != branches.end()) return *found;
    return *std::ranges::find(branches, "other", &Branch::selector);  // ICU requires it
}

const Branch& choose(const Piece& piece, std::string_view value, Language language) {
    if (piece.kind == Kind::select) return find_branch(piece.branches, value);
    const auto exact = std::ranges::find(piece.branches, "=" + std::string(value), &Branch::selector);
    return exact != piece.branches.end() ? *exact : find_branch(piece.branches, category(value, language));
}

std::string_view value_of(std::string_view name, std::span<const TextArgument> arguments) {
    const auto found = std::ranges::find(arguments, name, &TextArgument::name);
    if (found == arguments.end()) throw std::logic_error("a text argument is missing: " + std::string(name));
    return found->value;
}

void append(std::string& text, const std::vector<Piece>& pieces, std::span<const TextArgument> arguments,
            Language language) {
    for (const Piece& piece : pieces) {
        if (piece.kind == Kind::words) {
            text += piece.text;
            continue;
        }
        const std::string_view value = value_of(piece.text, arguments);
        if (piece.kind == Kind::value)
            text += value;
        else
            append(text, choose(piece, value, language).pieces, arguments, language);
    }
}

void collect(std::map<std::string, Kind>& found, const std::vector<Piece>& pieces) {
    for (const Piece& piece : pieces) {
        if (piece.kind == Kind::words) continue;
        Kind& kind = found.emplace(piece.text, piece.kind).first->second;
        if (piece.kind != Kind::value) kind = piece.kind;
        for (const Branch& branch : piece.branches) collect(found, branch.pieces);
    }
}

}  // namespace

TextPattern::TextPattern(std::string_view text, Language language)
    : pieces_(Reader(text).read_message()), language_(language) {}

std::string TextPattern::fill(std::span<const TextArgument> arguments) const {
    std::string text;
    append(text, pieces_, arguments, language_);
    return text;
}

std::map<std::string, Kind> TextPattern::arguments() const {
    std::map<std::string, Kind> found;
    collect(found, pieces_);
    return found;
}

}  // namespace safargo
