#include "load/report.hpp"

#include "core/text.hpp"

#include <fmt/format.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cmath>

namespace safargo::load {
namespace {

namespace json = boost::json;

double rounded(double value, double places) {
    return std::round(value * places) / places;
}

json::object print_latency(const Histogram& latency) {
    return {{"min", latency.min()},
            {"mean", rounded(latency.mean(), 10)},
            {"p50", latency.percentile(50)},
            {"p90", latency.percentile(90)},
            {"p95", latency.percentile(95)},
            {"p99", latency.percentile(99)},
            {"p999", latency.percentile(99.9)},
            {"max", latency.max()}};
}

json::object print_errors(const Errors& errors) {
    return {{"connect", errors.connect},
            {"timeout", errors.timeout},
            {"closed", errors.closed},
            {"status", errors.status},
            {"protocol", errors.protocol}};
}

json::object print_statuses(const Tally& tally) {
    json::object statuses;
    for (std::size_t status = 0; status < tally.statuses.size(); ++status) {
        if (tally.statuses[status] > 0) statuses[fmt::format("{}", status)] = tally.statuses[status];
    }
    return statuses;
}

json::array print_buckets(const Histogram& latency) {
    json::array buckets;
    for (const auto& [upper, count] : latency.buckets()) buckets.push_back(json::array{upper, count});
    return buckets;
}

json::array print_seconds(const Tally& tally, double seconds) {
    json::array series;
    for (std::size_t t = 0; t < tally.seconds.size() && static_cast<double>(t) < seconds; ++t) {
        const Part& second = tally.seconds[t];
        series.push_back(json::object{{"t", t},
                                      {"answered", second.latency.count()},
                                      {"p50_us", second.latency.percentile(50)},
                                      {"p99_us", second.latency.percentile(99)},
                                      {"errors", second.errors}});
    }
    return series;
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
    for (std::size_t cut = 0; cut <= std::min<std::size_t>(3, body.size()); ++cut) {
        if (is_valid_utf8(std::string_view(body).substr(0, body.size() - cut)))
            return body.substr(0, body.size() - cut);
    }
    for (auto& c : body) {
        if (c < ' ' || c > '~') c = '?';
    }
    return body;
}

json::array print_unexpected(const Plan& plan, const Tally& tally) {
    json::array list;
    for (const auto& one : tally.unexpected) {
        list.push_back(json::object{{"name", plan.mix[one.entry].name},
                                    {"path", one.path},
                                    {"status", one.status},
                                    {"body", readable(one.body)}});
    }
    return list;
}

void print_counts(json::object& report, const Outcome& outcome) {
    const Tally& tally = outcome.tally;
    const double in_time = static_cast<double>(tally.answered_in_time);
    report["connections"] = tally.connections;
    report["seconds"] = rounded(outcome.seconds, 1e3);
    report["sent"] = tally.sent;
    report["answered"] = tally.answered();
    report["throughput_rps"] = outcome.seconds > 0 ? rounded(in_time / outcome.seconds, 10) : 0.0;
    report["exhausted"] = outcome.exhausted;
    report["errors"] = print_errors(tally.errors);
    report["dropped"] = tally.dropped;
    report["statuses"] = print_statuses(tally);
    report["connections_opened"] = tally.connections_opened;
    report["bytes_received"] = tally.bytes_received;
    report["cpu_seconds"] = rounded(outcome.cpu_seconds, 1e3);
    report["generator_late_us"] = tally.most_late.count() / 1'000;
}

}  // namespace

std::string print_report(const Plan& plan, const Outcome& outcome) {
    const bool open = plan.kind == Plan::Kind::open;
    json::object report{{"kind", open ? "open" : "closed"}};
    if (open) report["rate"] = plan.rate;
    print_counts(report, outcome);
    const auto latency = outcome.tally.latency();
    report["latency_us"] = print_latency(latency);
    report["histogram"] = print_buckets(latency);
    report["seconds_series"] = print_seconds(outcome.tally, outcome.seconds);
    report["mix"] = print_mix(plan, outcome.tally);
    report["unexpected"] = print_unexpected(plan, outcome.tally);
    return json::serialize(report) + "\n";
}

}  // namespace safargo::load
