// Any bytes as a form with a file: refused, or parts that lie in the body and yield the same form when written again.
// Aimed at: adapters/local_objects/form_data.cpp
#include "adapters/local_objects/form_data.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace safargo::local_objects;

std::string write(const std::vector<FormPart>& parts, const std::string& boundary) {
    std::string body;
    for (const FormPart& part : parts) {
        body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part.name + '"';
        if (part.is_file) body += "; filename=\"f\"";
        body += "\r\n\r\n" + std::string(part.content) + "\r\n";
    }
    return body + "--" + boundary + "--\r\n";
}

bool same(const FormPart& a, const FormPart& b) {
    return a.name == b.name && a.is_file == b.is_file && a.content == b.content;
}

void check(const std::vector<FormPart>& parts, std::string_view body, const std::string& boundary,
           const FormLimits& limits) {
    if (parts.size() > limits.parts) std::abort();
    for (const FormPart& part : parts) {
        if (part.content.data() < body.data()) std::abort();
        if (part.content.data() + part.content.size() > body.data() + body.size()) std::abort();
    }
    const std::string again = write(parts, boundary);
    const auto reread = parse_form(
        again, boundary, {.parts = limits.parts, .header_bytes = again.size() + 4, .field_bytes = limits.field_bytes});
    if (!reread || reread->size() != parts.size()) std::abort();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!same((*reread)[i], parts[i])) std::abort();
    }
}

}  // namespace

// The first line is the Content-Type, the rest the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::size_t line = input.find('\n');
    const auto boundary = boundary_of(input.substr(0, line));
    if (!boundary || line == std::string_view::npos) return 0;
    const FormLimits limits{.parts = 5, .header_bytes = 256, .field_bytes = 1024};
    const std::string_view body = input.substr(line + 1);
    if (const auto parts = parse_form(body, *boundary, limits)) check(*parts, body, *boundary, limits);
    return 0;
}
