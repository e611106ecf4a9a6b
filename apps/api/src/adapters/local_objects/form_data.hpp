// Reads multipart/form-data (RFC 7578), as browsers send a form with a file.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::local_objects {

struct FormPart {
    std::string name;
    bool is_file = false;      // it has a file name
    std::string_view content;  // of the body that was parsed
};

struct FormLimits {
    std::size_t parts = 30;
    std::size_t header_bytes = 2048;                   // of one part
    std::size_t field_bytes = std::size_t{20} * 1024;  // of all parts that are no files
};

// The boundary of a Content-Type; nullopt if it is not multipart/form-data with a boundary of 1 to 70 characters.
std::optional<std::string> boundary_of(std::string_view content_type);

// All parts in order. nullopt if the body is not exactly that, or beyond the limits.
std::optional<std::vector<FormPart>> parse_form(std::string_view body, std::string_view boundary,
                                                const FormLimits& limits = {});

}  // namespace safargo::local_objects
