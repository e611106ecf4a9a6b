#include "adapters/pictures/picture_program.hpp"

#include "adapters/pictures/child.hpp"
#include "core/failures.hpp"
#include "core/logging.hpp"
#include "core/metrics.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <csignal>
#include <filesystem>

namespace safargo::pictures {
namespace {

namespace asio = boost::asio;

void count(std::string_view outcome, const Ended& ended) {
    metrics::counter("safargo_pictures_total", "Files that were given to safargo-pictures",
                     {{"outcome", std::string(outcome)}})
        .add();
    metrics::counter("safargo_picture_cpu_seconds_total", "Processor time of safargo-pictures")
        .add(std::chrono::duration<double>(ended.cpu).count());
}

// How the process ended says whether the file is to blame.
Answer refused_by_its_end(const Ended& ended) {
    count("crashed", ended);
    log::error("picture_process_crashed", {{"signal", static_cast<long long>(ended.signal)},
                                           {"cpu_us", static_cast<long long>(ended.cpu.count())}});
    return Refused{ended.signal == SIGXCPU ? Reason::too_costly : Reason::broken};
}

// SIGKILL is the machine's (out of memory, an operator), and an exit code the program's own complaint.
Answer answer_of(const Ended& ended, std::string_view said) {
    if (ended.signal == SIGKILL) throw DependencyUnavailable("pictures", "the process was killed");
    if (ended.signal != 0) return refused_by_its_end(ended);
    if (ended.exit_code != 0) {
        throw DependencyUnavailable("pictures", "the process gave up with " + std::to_string(ended.exit_code));
    }
    const auto answer = unpack(said);
    if (!answer) return refused_by_its_end(ended);
    count(std::holds_alternative<Made>(*answer) ? "made" : "refused", ended);
    return *answer;
}

Rule rule_of(Reason reason) {
    switch (reason) {
        case Reason::not_a_picture:
            return Rule::not_a_picture;
        case Reason::other_format:
            return Rule::other_picture_type;
        case Reason::too_large:
            return Rule::picture_too_large;
        case Reason::broken:
            return Rule::picture_broken;
        case Reason::too_costly:
            break;
    }
    return Rule::picture_too_costly;
}

Task<void> pass(std::chrono::steady_clock::time_point until) {
    asio::steady_timer timer(co_await asio::this_coro::executor, until);
    co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace

std::string program_beside_this() {
    return std::filesystem::read_symlink("/proc/self/exe").replace_filename("safargo-pictures");
}

Error refusal_of(const Refused& refused, const std::string& announced_type) {
    Violation reason{rule_of(refused.reason)};
    if (refused.found) reason = {reason.rule, announced_type, std::string(content_type(*refused.found))};
    if (refused.reason == Reason::too_large) reason.first = std::to_string(most_pixels / 1'000'000);
    return {.code = Code::picture_refused, .reason = std::move(reason)};
}

Task<Result<PictureSet>> PictureProgram::process(std::string file, std::string content_type,
                                                 std::chrono::steady_clock::time_point deadline) {
    using namespace asio::experimental::awaitable_operators;
    const Slots::Held slot = co_await slots_.take(deadline);
    const auto end = std::min(deadline, std::chrono::steady_clock::now() + longest_);
    auto first = co_await (attempt(std::move(file), std::move(content_type)) || pass(end));
    if (first.index() == 1) throw DependencyUnavailable("pictures", "the process took too long");
    Attempt& attempted = std::get<0>(first);
    if (attempted.failure) std::rethrow_exception(attempted.failure);
    co_return std::move(attempted.answer);
}

// The race with the timer is won by who succeeds: a failure has to come as a value.
Task<PictureProgram::Attempt> PictureProgram::attempt(std::string file, std::string content_type) const {
    Attempt attempted;
    try {
        attempted.answer = co_await run(std::move(file), std::move(content_type));
    } catch (...) {
        attempted.failure = std::current_exception();
    }
    co_return attempted;
}

Task<Result<PictureSet>> PictureProgram::run(std::string file, std::string content_type) const {
    Child child(co_await asio::this_coro::executor, program_, content_type);
    co_await child.feed(std::move(file));
    const std::string said = co_await child.read(largest_answer);
    if (said.size() > largest_answer) co_return fail(refusal_of({Reason::broken}, content_type));
    Answer answer = answer_of(co_await child.wait(), said);
    if (const Refused* refused = std::get_if<Refused>(&answer)) co_return fail(refusal_of(*refused, content_type));
    Made& made = std::get<Made>(answer);
    co_return PictureSet{.small = std::move(made.small),
                         .medium = std::move(made.medium),
                         .large = std::move(made.large),
                         .width = made.width,
                         .height = made.height};
}

}  // namespace safargo::pictures
