// Prometheus metrics. Look up a handle once and keep it for the hot path: a handle is a pointer.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace safargo::metrics {

using Labels = std::vector<std::pair<std::string, std::string>>;

class Counter {
public:
    void add(double by = 1) const;

private:
    friend Counter counter(std::string_view, std::string_view, const Labels&);
    explicit Counter(void* metric) : metric_(metric) {}
    void* metric_;
};

class Gauge {
public:
    void set(double value) const;
    void add(double by) const;

private:
    friend Gauge gauge(std::string_view, std::string_view, const Labels&);
    explicit Gauge(void* metric) : metric_(metric) {}
    void* metric_;
};

class Histogram {
public:
    void observe(double value) const;

private:
    friend Histogram histogram(std::string_view, std::string_view, const std::vector<double>&, const Labels&);
    explicit Histogram(void* metric) : metric_(metric) {}
    void* metric_;
};

// The same name and labels return the same metric, from any thread, for the life of the process. Throw
// std::invalid_argument for an invalid name or one already used by another kind. Labels must have few values.
Counter counter(std::string_view name, std::string_view help, const Labels& labels = {});
Gauge gauge(std::string_view name, std::string_view help, const Labels& labels = {});
Histogram histogram(std::string_view name, std::string_view help, const std::vector<double>& bounds,
                    const Labels& labels = {});

// Upper bounds in seconds for the duration of a request or a statement: 0.5 ms to 15 s.
const std::vector<double>& duration_bounds();

std::string render();  // text exposition format 0.0.4

}  // namespace safargo::metrics
