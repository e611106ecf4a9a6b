#include "core/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <map>
#include <memory>
#include <sstream>

namespace safargo::metrics {
namespace {

prometheus::Registry& registry() {
    static prometheus::Registry instance;
    return instance;
}

std::map<std::string, std::string> as_map(const Labels& labels) {
    return {labels.begin(), labels.end()};
}

template <class Builder>
auto& family(Builder builder, std::string_view name, std::string_view help) {
    return builder.Name(std::string(name)).Help(std::string(help)).Register(registry());
}

}  // namespace

void Counter::add(double by) const {
    static_cast<prometheus::Counter*>(metric_)->Increment(by);
}

void Gauge::set(double value) const {
    static_cast<prometheus::Gauge*>(metric_)->Set(value);
}

void Gauge::add(double by) const {
    static_cast<prometheus::Gauge*>(metric_)->Increment(by);
}

void Histogram::observe(double value) const {
    static_cast<prometheus::Histogram*>(metric_)->Observe(value);
}

Counter counter(std::string_view name, std::string_view help, const Labels& labels) {
    return Counter(&family(prometheus::BuildCounter(), name, help).Add(as_map(labels)));
}

Gauge gauge(std::string_view name, std::string_view help, const Labels& labels) {
    return Gauge(&family(prometheus::BuildGauge(), name, help).Add(as_map(labels)));
}

Histogram histogram(std::string_view name, std::string_view help, const std::vector<double>& bounds,
                    const Labels& labels) {
    return Histogram(&family(prometheus::BuildHistogram(), name, help).Add(as_map(labels), bounds));
}

const std::vector<double>& duration_bounds() {
    static const std::vector<double> bounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                            0.1,    0.25,  0.5,    1,     2.5,  5,     15};
    return bounds;
}

std::string render() {
    std::ostringstream out;
    prometheus::TextSerializer{}.Serialize(out, registry().Collect());
    return std::move(out).str();
}

}  // namespace safargo::metrics
