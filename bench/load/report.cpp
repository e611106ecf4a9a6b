#include "load/run.hpp"

#include "core/text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cmath>

namespace safargo::load {
namespace {

namespace json = boost::json;

double rounded(double value, double places) {
    return std::round(value * places) / places;
}

json::object print_latency(const Latencies& latency) {
    json::object object;
    for (const auto& [name, percent] : {std::pair{"p50", 50.0}, {"p95", 95}, {"p99", 99}, {"p999", 99.9}, {"max", 100}})
        object[name] = latency.percentile(percent);
    return object;
}

json::object print_mix(const Plan& plan, const Tally& tally) {
    json::object mix;
    for (std::size_t i = 0; i < plan.mix.size(); ++i) {
        const Part& part = tally.mix[i];
        mix[plan.mix[i].name] = json::object{
            {"answered", part.latency.count()}, {"errors", part.errors}, {"latency_us", print_latency(part.latency)}};
    }
    return mix;
}

// A body is cut anywhere and may be anything; the report is UTF-8.
std::string readable(std::string body) {
    const auto is_odd = [](char c) { return c < ' ' || c > '~'; };
    if (!is_valid_utf8(body)) std::ranges::replace_if(body, is_odd, '?');
    return body;
}

json::array print_unexpected(const Plan& plan, const Tally& tally) {
    json::array list;
    for (const auto& [entry, path, status, body] : tally.unexpected) {
        list.push_back(
            json::object{{"name", plan.mix[entry].name}, {"path", path}, {"status", status}, {"body", readable(body)}});
    }
    return list;
}

}  // namespace

std::string print_report(const Plan& plan, const Outcome& outcome) {
    const Tally& tally = outcome.tally;
    const double in_time = static_cast<double>(tally.answered_in_time);
    const auto latency = tally.latency();
    json::object errors, statuses;
    for (std::size_t kind = 0; kind < failure_names.size(); ++kind) errors[failure_names[kind]] = tally.failures[kind];
    for (std::size_t status = 0; status < tally.statuses.size(); ++status) {
        if (tally.statuses[status] > 0) statuses[fmt::format("{}", status)] = tally.statuses[status];
    }
    json::array buckets;
    for (const auto& [edge, count] : latency.buckets()) buckets.push_back(json::array{edge, count});
    const json::object report{
        {"connections", tally.connections},
        {"connections_opened", tally.connections_opened},
        {"seconds", rounded(outcome.seconds, 1e3)},
        {"sent", tally.sent},
        {"answered", latency.count()},
        {"throughput_rps", outcome.seconds > 0 ? rounded(in_time / outcome.seconds, 10) : 0.0},
        {"exhausted", outcome.exhausted},
        {"errors", errors},
        {"dropped", tally.dropped},
        {"statuses", statuses},
        {"cpu_seconds", rounded(outcome.cpu_seconds, 1e3)},
        {"generator_late_us", tally.most_late.count() / 1'000},
        {"latency_us", print_latency(latency)},
        {"histogram", buckets},
        {"mix", print_mix(plan, tally)},
        {"unexpected", print_unexpected(plan, tally)},
    };
    return json::serialize(report) + "\n";
}

}  // namespace safargo::load
