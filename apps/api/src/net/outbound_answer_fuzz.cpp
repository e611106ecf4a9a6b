// The header lines and the body of an answer, as libcurl hands them over: the limits hold, no field contains the end of
// a line, and a Retry-After is never negative or longer than a day.
// Aimed at: net/answer_reader.cpp net/retry.cpp
#include "net/answer_reader.hpp"
#include "net/retry.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace safargo::net;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t most_body = 64;
    std::string_view left(reinterpret_cast<const char*>(data), size);
    AnswerReader reader(most_body);
    bool more = true;
    while (more && !left.empty()) {
        const std::size_t end = left.find('\n');
        const std::string_view line = left.substr(0, end == std::string_view::npos ? end : end + 1);
        left.remove_prefix(line.size());
        more = line.starts_with('!') ? reader.take_body(line) : reader.take_line(line);
    }
    const Response& response = reader.response();
    if (more != (reader.fault() == AnswerReader::Fault::none)) std::abort();
    if (response.body.size() > most_body || response.headers.size() > 200) std::abort();
    for (const auto& [name, value] : response.headers) {
        if (name.contains('\n') || name.contains(':') || value.contains('\n')) std::abort();
    }
    const std::chrono::system_clock::time_point now = std::chrono::sys_days{std::chrono::year{2026} / 12 / 1};
    const auto pause = parse_retry_after(response.header("retry-after"), now);
    if (pause && (pause->count() < 0 || pause->count() > 86'400)) std::abort();
    return 0;
}
