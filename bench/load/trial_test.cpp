#include "load/trial_test.hpp"

#include <fmt/format.h>
#include <boost/json/parse.hpp>

#include <stdexcept>

namespace safargo::load::testing {
namespace {

Plan plan_for(const std::string& target, std::string_view load) {
    return parse_plan(fmt::format(R"({{"target":"{}","load":{},"warmup_s":0,"mix":[{{"name":"only","requests":""}}]}})",
                                  target, load),
                      "")
        .value();
}

}  // namespace

Outcome Trial::run() const {
    Mix mix;
    mix.add({.order = order}, Requests::parse(lines, plan.host).value());
    auto outcome = load::run(plan, mix);
    if (!outcome) throw std::runtime_error(outcome.error());
    return std::move(*outcome);
}

boost::json::object Trial::report() const {
    return boost::json::parse(print_report(plan, run())).as_object();
}

Trial closed_trial(const std::string& target, unsigned connections, unsigned count) {
    Trial trial{.plan = plan_for(target, fmt::format(R"({{"kind":"closed","connections":{}}})", connections)),
                .lines = "",
                .order = MixEntry::Order::once};
    trial.plan.duration = std::chrono::seconds(60);  // it ends when the lines do
    for (unsigned i = 0; i < count; ++i) trial.lines += fmt::format("{{\"method\":\"GET\",\"path\":\"/{}\"}}\n", i);
    return trial;
}

Trial open_trial(const std::string& target, double rate, std::chrono::milliseconds duration) {
    Trial trial{.plan = plan_for(target, fmt::format(R"({{"kind":"open","rate":{}}})", rate))};
    trial.plan.duration = duration;
    return trial;
}

bool adds_up(const Tally& tally) {
    return tally.sent == tally.answered() + tally.errors.sum() + tally.dropped;
}

}  // namespace safargo::load::testing
