#include "adapters/s3/xml.hpp"

#include "core/characters.hpp"
#include "core/hex_digits.hpp"
#include "core/text.hpp"

#include <array>
#include <utility>

namespace safargo::s3 {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.' || c == ':';
}

bool may_stand_in_xml(char32_t c) {
    return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
           (c >= 0x10000 && c <= 0x10FFFF);
}

// "#65", "#x41"
std::optional<char32_t> referenced_character(std::string_view name) {
    const bool hexadecimal = name.starts_with("#x");
    name.remove_prefix(hexadecimal ? 2 : 1);
    if (name.empty() || name.size() > 7) return std::nullopt;
    char32_t character = 0;
    for (const char c : name) {
        const auto digit = hex_value(c);
        if (!digit || (!hexadecimal && *digit > 9)) return std::nullopt;
        character = character * (hexadecimal ? 16 : 10) + static_cast<char32_t>(*digit);
    }
    if (!may_stand_in_xml(character)) return std::nullopt;
    return character;
}

bool append_entity(std::string& text, std::string_view name) {
    using Entity = std::pair<std::string_view, char>;
    constexpr std::array known{Entity{"amp", '&'}, Entity{"lt", '<'}, Entity{"gt", '>'}, Entity{"quot", '"'},
                               Entity{"apos", '\''}};
    for (const auto& [entity, character] : known) {
        if (name != entity) continue;
        text.push_back(character);
        return true;
    }
    if (!name.starts_with('#')) return false;
    const auto character = referenced_character(name);
    if (character) append_character(text, *character);
    return character.has_value();
}

class Scanner {
public:
    Scanner(std::string_view document, const XmlLimits& limits) : rest_(document), limits_(limits) {}

    std::optional<std::vector<XmlText>> run() {
        if (!skip_prolog() || !take("<") || !open()) return std::nullopt;
        while (!open_.empty()) {
            if (!step()) return std::nullopt;
        }
        if (!skip_between()) return std::nullopt;
        if (!rest_.empty()) return std::nullopt;
        return std::move(found_);
    }

private:
    struct Element {
        std::size_t parent_path;  // its length
        std::string text{};
        bool has_children = false;
    };

    // One piece of content: text, a tag or a comment.
    bool step() {
        const std::size_t end = rest_.find('<');
        if (end == std::string_view::npos || !append_text(rest_.substr(0, end))) return false;
        rest_.remove_prefix(end);
        if (rest_.starts_with("<!--")) return skip_comment();
        if (take("</")) return close();
        return take("<") && open();
    }

    bool append_text(std::string_view raw) {
        std::string& text = open_.back().text;
        while (!raw.empty()) {
            const std::size_t ampersand = raw.find('&');
            text += raw.substr(0, ampersand);
            if (ampersand == std::string_view::npos) return true;
            raw.remove_prefix(ampersand + 1);
            const std::size_t semicolon = raw.find(';');
            if (semicolon == std::string_view::npos || !append_entity(text, raw.substr(0, semicolon))) return false;
            raw.remove_prefix(semicolon + 1);
        }
        return true;
    }

    // After "<".
    bool open() {
        const std::string_view name = take_name();
        if (name.empty() || open_.size() >= limits_.depth || ++elements_ > limits_.elements) return false;
        if (!open_.empty()) open_.back().has_children = true;
        open_.push_back({.parent_path = path_.size()});
        path_.append(path_.empty() ? "" : "/").append(name);
        if (!skip_attributes()) return false;
        if (take("/>")) return finish();
        return take(">");
    }

    // After "</".
    bool close() {
        const std::string_view name = take_name();
        skip_spaces();
        return path_.substr(path_.rfind('/') + 1) == name && take(">") && finish();
    }

    bool finish() {
        Element& element = open_.back();
        if (!element.has_children) found_.push_back({path_, std::move(element.text)});
        path_.resize(element.parent_path);
        open_.pop_back();
        return true;
    }

    bool skip_attributes() {
        while (true) {
            const bool spaced = skip_spaces();
            if (rest_.empty()) return false;
            if (rest_.front() == '>' || rest_.front() == '/') return true;
            if (!spaced || take_name().empty() || !skip_value()) return false;
        }
    }

    // ="…", with spaces around the sign
    bool skip_value() {
        skip_spaces();
        if (!take("=")) return false;
        skip_spaces();
        if (rest_.empty() || (rest_.front() != '"' && rest_.front() != '\'')) return false;
        const std::size_t end = rest_.find(rest_.front(), 1);
        if (end == std::string_view::npos || rest_.substr(0, end).contains('<')) return false;
        rest_.remove_prefix(end + 1);
        return true;
    }

    // The declaration and what may stand before the first element.
    bool skip_prolog() {
        take("\xEF\xBB\xBF");
        skip_spaces();  // sent while a long operation runs
        if (rest_.starts_with("<?xml") && !skip_past("?>")) return false;
        return skip_between();
    }

    bool skip_between() {
        skip_spaces();
        while (rest_.starts_with("<!--")) {
            if (!skip_comment()) return false;
            skip_spaces();
        }
        return true;
    }

    bool skip_comment() {
        take("<!--");
        return skip_past("-->");
    }

    bool skip_past(std::string_view mark) {
        const std::size_t at = rest_.find(mark);
        if (at == std::string_view::npos) return false;
        rest_.remove_prefix(at + mark.size());
        return true;
    }

    bool skip_spaces() {
        const std::size_t before = rest_.size();
        while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
        return rest_.size() < before;
    }

    bool take(std::string_view mark) {
        if (!rest_.starts_with(mark)) return false;
        rest_.remove_prefix(mark.size());
        return true;
    }

    // "" if there is none, or it is too long.
    std::string_view take_name() {
        std::size_t size = 0;
        while (size < rest_.size() && is_name_character(rest_[size])) ++size;
        if (size > limits_.name) return {};
        const std::string_view name = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return name;
    }

    std::string_view rest_;
    XmlLimits limits_;
    std::string path_;
    std::vector<Element> open_;
    std::vector<XmlText> found_;
    std::size_t elements_ = 0;
};

}  // namespace

std::optional<std::vector<XmlText>> read_xml(std::string_view document, const XmlLimits& limits) {
    if (document.size() > limits.bytes || !is_valid_utf8(document)) return std::nullopt;
    return Scanner(document, limits).run();
}

std::string text_at(std::string_view document, std::string_view path) {
    const auto texts = read_xml(document);
    if (!texts) return {};
    for (const auto& [found, text] : *texts) {
        if (found == path) return text;
    }
    return {};
}

}  // namespace safargo::s3
