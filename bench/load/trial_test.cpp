#include "load/trial_test.hpp"

#include <fmt/format.h>
#include <boost/json/parse.hpp>

namespace safargo::load::testing {

std::string get_line(std::string_view path) {
    return fmt::format(R"({{"bytes":"GET {} HTTP/1.1\r\nHost: test\r\n\r\n","expect":0}})", path) + "\n";
}

Outcome Trial::run() const {
    Mix mix(plan.seed);
    mix.add({.order = order}, Requests::parse(lines));
    return load::run(plan, mix);
}

boost::json::object Trial::report() const {
    return boost::json::parse(print_report(plan, run())).as_object();
}

Trial closed_trial(const std::string& target, unsigned connections, unsigned count) {
    Trial trial{.plan = {.target = parse_target(target), .connections = connections, .mix = {{.name = "only"}}},
                .lines = "",
                .order = MixEntry::Order::once};
    trial.plan.duration = std::chrono::seconds(60);  // it ends when the lines do
    for (unsigned i = 0; i < count; ++i) trial.lines += get_line(fmt::format("/{}", i));
    return trial;
}

Trial open_trial(const std::string& target, double rate, std::chrono::milliseconds duration) {
    return {.plan = {.target = parse_target(target), .rate = rate, .duration = duration, .mix = {{.name = "only"}}}};
}

bool adds_up(const Tally& tally) {
    return tally.sent == tally.answered() + tally.errors() + tally.dropped;
}

}  // namespace safargo::load::testing
