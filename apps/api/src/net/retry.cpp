#include "net/retry.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace safargo::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds first_most{100};
constexpr milliseconds most{2'000};
constexpr seconds a_day{86'400};

bool asks_for_patience(int status) {
    return status == 429 || status == 502 || status == 503 || status == 504;
}

bool may_repeat(Ending ending, const Response& response, bool repeatable) {
    switch (ending) {
        case Ending::unreachable:
            return true;
        case Ending::interrupted:
            return repeatable;
        case Ending::answered:
            return repeatable && asks_for_patience(response.status);
        default:
            return false;
    }
}

}  // namespace

std::optional<milliseconds> Retry::after(Ending ending, const Response& response, Moment moment) {
    ++done_;
    if (done_ >= left_ || !may_repeat(ending, response, repeatable_)) return std::nullopt;
    // Full jitter: clients that failed together do not come back together.
    const milliseconds longest = std::min(most, first_most * (1U << std::min(done_ - 1, 10U)));
    milliseconds pause(static_cast<milliseconds::rep>(moment.chance * static_cast<double>(longest.count())));
    if (ending == Ending::answered) {
        pause += parse_retry_after(response.header("retry-after"), moment.wall).value_or(seconds(0));
    }
    if (moment.now + pause >= deadline_) return std::nullopt;
    return pause;
}

std::optional<seconds> parse_retry_after(std::string_view text, std::chrono::system_clock::time_point now) {
    if (text.empty() || text.size() > 64) return std::nullopt;
    unsigned number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end == text.data() + text.size()) {
        return failed == std::errc() ? std::min(seconds(number), a_day) : a_day;
    }
    const seconds date(curl_getdate(std::string(text).c_str(), nullptr));
    if (date < seconds(0)) return std::nullopt;
    // In seconds: a date of the year 226500 does not fit into the clock's nanoseconds.
    return std::clamp(date - std::chrono::floor<seconds>(now).time_since_epoch(), seconds(0), a_day);
}

}  // namespace safargo::net
