#include "adapters/local_objects/form_data.hpp"

#include "http/message.hpp"

#include <algorithm>

namespace safargo::local_objects {
namespace {

constexpr std::string_view line_end = "\r\n";

bool is_boundary_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("'()+_,-./:=?").contains(c);
}

std::string_view trim(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

bool take(std::string_view& text, std::string_view mark) {
    if (!text.starts_with(mark)) return false;
    text.remove_prefix(mark.size());
    return true;
}

// The value of `name` among parameters "; a=b; c=\"d\"", which are taken up to their end.
struct Parameters {
    std::optional<std::string> name, file_name;
};

std::optional<std::string> take_quoted(std::string_view& text) {
    if (!take(text, "\"")) return std::nullopt;
    const std::size_t end = text.find('"');
    if (end == std::string_view::npos) return std::nullopt;
    std::string value(text.substr(0, end));
    text.remove_prefix(end + 1);
    return value;
}

// What follows "form-data". nullopt if it cannot be read, or one is given twice.
std::optional<Parameters> parse_parameters(std::string_view text) {
    Parameters parameters;
    while (!(text = trim(text)).empty()) {
        if (!take(text, ";")) return std::nullopt;
        text = trim(text);
        const std::size_t equals = text.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const std::string_view name = text.substr(0, equals);
        text.remove_prefix(equals + 1);
        std::optional<std::string> value = take_quoted(text);
        if (!value) return std::nullopt;
        std::optional<std::string>* wanted = name == "name"       ? &parameters.name
                                             : name == "filename" ? &parameters.file_name
                                                                  : nullptr;
        if (wanted == nullptr) continue;
        if (*wanted) return std::nullopt;
        *wanted = std::move(value);
    }
    return parameters;
}

// Of the lines before a part's content: its one Content-Disposition. Others mean nothing here.
std::optional<FormPart> parse_part_header(std::string_view lines) {
    std::optional<FormPart> part;
    while (!lines.empty()) {
        const std::size_t end = lines.find(line_end);
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + line_end.size());
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        if (!http::equal_ignoring_case(line.substr(0, colon), "content-disposition")) continue;
        std::string_view value = trim(line.substr(colon + 1));
        if (part || !take(value, "form-data")) return std::nullopt;
        const auto parameters = parse_parameters(value);
        if (!parameters || !parameters->name) return std::nullopt;
        part = FormPart{.name = *parameters->name, .is_file = parameters->file_name.has_value()};
    }
    return part;
}

class FormParser {
public:
    FormParser(std::string_view body, std::string_view boundary, const FormLimits& limits)
        : rest_(body), delimiter_("\r\n--" + std::string(boundary)), limits_(limits) {}

    std::optional<std::vector<FormPart>> run() {
        if (!take(rest_, std::string_view(delimiter_).substr(line_end.size()))) return std::nullopt;
        while (!take(rest_, "--")) {
            if (!take(rest_, line_end) || !take_part()) return std::nullopt;
        }
        take(rest_, line_end);
        if (!rest_.empty()) return std::nullopt;
        return std::move(parts_);
    }

private:
    bool take_part() {
        const std::size_t end = rest_.substr(0, limits_.header_bytes).find("\r\n\r\n");
        if (end == std::string_view::npos || parts_.size() >= limits_.parts) return false;
        std::optional<FormPart> part = parse_part_header(rest_.substr(0, end));
        rest_.remove_prefix(end + 4);
        const std::size_t size = part ? find_delimiter() : std::string_view::npos;
        if (size == std::string_view::npos) return false;
        part->content = rest_.substr(0, size);
        rest_.remove_prefix(size + delimiter_.size());
        if (!part->is_file) field_bytes_ += part->name.size() + size;
        parts_.push_back(std::move(*part));
        return field_bytes_ <= limits_.field_bytes;
    }

    // The same characters may stand in a file: they are the delimiter only with what follows it.
    std::size_t find_delimiter() const {
        std::size_t at = rest_.find(delimiter_);
        while (at != std::string_view::npos) {
            const std::string_view after = rest_.substr(at + delimiter_.size(), 2);
            if (after == line_end || after == "--") break;
            at = rest_.find(delimiter_, at + 1);
        }
        return at;
    }

    std::string_view rest_;
    std::string delimiter_;
    FormLimits limits_;
    std::vector<FormPart> parts_;
    std::size_t field_bytes_ = 0;
};

}  // namespace

std::optional<std::string> boundary_of(std::string_view content_type) {
    constexpr std::size_t longest = 70;
    const std::size_t semicolon = content_type.find(';');
    if (!http::equal_ignoring_case(trim(content_type.substr(0, semicolon)), "multipart/form-data") ||
        semicolon == std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view parameter = trim(content_type.substr(semicolon + 1));
    if (!http::equal_ignoring_case(parameter.substr(0, 9), "boundary=")) return std::nullopt;
    parameter.remove_prefix(9);
    if (parameter.size() >= 2 && parameter.starts_with('"') && parameter.ends_with('"')) {
        parameter = parameter.substr(1, parameter.size() - 2);
    }
    if (parameter.empty() || parameter.size() > longest) return std::nullopt;
    if (!std::ranges::all_of(parameter, is_boundary_character)) return std::nullopt;
    return std::string(parameter);
}

std::optional<std::vector<FormPart>> parse_form(std::string_view body, std::string_view boundary,
                                                const FormLimits& limits) {
    return FormParser(body, boundary, limits).run();
}

}  // namespace safargo::local_objects
