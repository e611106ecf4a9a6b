#include "load/requests.hpp"

#include "load/json_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace safargo::load {
namespace {

namespace json = boost::json;

constexpr std::size_t most_expectations = 1'000;

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127 && c != ':'; });
}

bool is_path(std::string_view text) {
    return text.starts_with('/') && std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127; });
}

bool is_header_value(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

struct WrittenHeaders {
    bool host = false;
    bool content_type = false;
};

WrittenHeaders write_headers(const json::object& headers, std::string& out, std::string& complaint) {
    WrittenHeaders written;
    JsonFields fields(headers, "headers.", complaint);
    for (const auto& header : headers) {
        const std::string_view name = header.key();
        const auto value = fields.text(name);
        const auto lower = lower_case(name);
        if (!is_token(name) || !is_header_value(value)) fields.complain(name, "must be a header");
        if (lower == "content-length" || lower == "transfer-encoding")
            fields.complain(name, "is written by safargo-load itself");
        if (lower == "host") written.host = true;
        if (lower == "content-type") written.content_type = true;
        fmt::format_to(std::back_inserter(out), "{}: {}\r\n", name, value);
    }
    return written;
}

std::string serialise(JsonFields& fields, std::string_view host, std::string& complaint) {
    const auto method = fields.text("method");
    const auto path = fields.text("path");
    if (!is_token(method)) fields.complain("method", "must be a method");
    if (!is_path(path)) fields.complain("path", "must begin with / and be percent-encoded");
    std::string out = fmt::format("{} {} HTTP/1.1\r\n", method, path);
    WrittenHeaders written;
    if (const auto* headers = fields.object("headers", false)) written = write_headers(*headers, out, complaint);
    const auto body = fields.text("body", "");
    if (!written.host) fmt::format_to(std::back_inserter(out), "Host: {}\r\n", host);
    if (!written.content_type && !body.empty()) out += "Content-Type: application/json\r\n";
    const bool may_have_body = method == "POST" || method == "PUT" || method == "PATCH";
    if (may_have_body || !body.empty()) fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", body.size());
    return out + "\r\n" + body;
}

ExpectedStatuses read_expected(JsonFields& fields) {
    const auto* list = fields.array("expect", false);
    if (list == nullptr) return ExpectedStatuses::usual();
    std::vector<int> statuses;
    for (const auto& value : *list) {
        const auto* status = value.if_int64();
        if (status == nullptr || *status < 200 || *status > 599) break;
        statuses.push_back(static_cast<int>(*status));
    }
    if (statuses.size() != list->size() || statuses.empty())
        fields.complain("expect", "must be a list of statuses from 200 to 599");
    return ExpectedStatuses(std::move(statuses));
}

}  // namespace

bool ExpectedStatuses::contains(int status) const {
    if (statuses_.empty()) return (status >= 200 && status < 300) || status == 304;
    return std::ranges::find(statuses_, status) != statuses_.end();
}

std::uint16_t Requests::expectation(ExpectedStatuses statuses) {
    const auto known = std::ranges::find(expectations_, statuses);
    const auto index = static_cast<std::uint16_t>(known - expectations_.begin());
    if (known == expectations_.end()) expectations_.push_back(std::move(statuses));
    return index;
}

std::string Requests::add(std::string_view text, std::string_view host) {
    const auto object = parse_object(text);
    if (!object) return object.error();
    std::string complaint;
    JsonFields fields(*object, "", complaint);
    const auto bytes = serialise(fields, host, complaint);
    auto expected = read_expected(fields);
    fields.refuse_others();
    if (expectations_.size() > most_expectations) fields.complain("expect", "there are too many different ones");
    if (!complaint.empty()) return complaint;
    places_.push_back({.begin = arena_.size(),
                       .length = static_cast<std::uint32_t>(bytes.size()),
                       .expected = expectation(std::move(expected)),
                       .is_head = bytes.starts_with("HEAD ")});
    arena_ += bytes;
    return {};
}

OrLine<Requests> Requests::parse(std::string_view lines, std::string_view host) {
    Requests requests;
    std::size_t number = 0;
    while (!lines.empty()) {
        const auto end = std::min(lines.find('\n'), lines.size());
        const auto line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        ++number;
        if (line.find_first_not_of(" \t\r") == line.npos) continue;
        if (const auto complaint = requests.add(line, host); !complaint.empty())
            return std::unexpected(fmt::format("{}: {}", number, complaint));
    }
    if (requests.places_.empty()) return std::unexpected(std::string("there is no request"));
    return requests;
}

OrLine<Requests> Requests::read(const std::filesystem::path& file, std::string_view host) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    if (!stream) return std::unexpected(fmt::format("{}: cannot be read", file.string()));
    auto requests = parse(text, host);
    if (!requests) return std::unexpected(fmt::format("{}:{}", file.string(), requests.error()));
    return requests;
}

Requests::Line Requests::operator[](std::size_t index) const {
    const Place& place = places_[index];
    return {.bytes = std::string_view(arena_).substr(place.begin, place.length),
            .expected = &expectations_[place.expected],
            .is_head = place.is_head};
}

std::string_view Requests::path_of(std::string_view bytes) {
    const auto begin = std::min(bytes.find(' '), bytes.size() - 1) + 1;
    return bytes.substr(begin, bytes.find(' ', begin) - begin);
}

}  // namespace safargo::load
