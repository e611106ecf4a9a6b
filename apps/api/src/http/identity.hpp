// Request ids shared by the logs of several systems.
#pragma once

#include <optional>
#include <random>
#include <string>
#include <string_view>

namespace safargo::http {

bool is_request_id(std::string_view text);  // [A-Za-z0-9._-]{1,64}

// The trace id (32 lower-case hexadecimal digits) of a W3C traceparent; nullopt unless the whole value is valid.
std::optional<std::string_view> trace_id_of(std::string_view traceparent);

// Random 128-bit ids: unique, not secret. One per thread, seeded from the system; no system call per id.
class IdSource {
public:
    IdSource();
    std::string next();  // 32 hexadecimal digits, never all zero

private:
    std::mt19937_64 random_;
};

}  // namespace safargo::http
