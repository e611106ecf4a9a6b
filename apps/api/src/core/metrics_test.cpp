#include "core/metrics.hpp"

#include <gmock/gmock.h>

#include <stdexcept>
#include <thread>
#include <vector>

namespace safargo::metrics {
namespace {

using testing::HasSubstr;

TEST(Metrics, TheSameNameAndLabelsShareACounter) {
    counter("test_things_total", "Things.", {{"kind", "a"}}).add();
    counter("test_things_total", "Things.", {{"kind", "a"}}).add(2);
    counter("test_things_total", "Things.", {{"kind", "b"}}).add();
    const std::string text = render();
    EXPECT_THAT(text, HasSubstr("# TYPE test_things_total counter"));
    EXPECT_THAT(text, HasSubstr("test_things_total{kind=\"a\"} 3"));
    EXPECT_THAT(text, HasSubstr("test_things_total{kind=\"b\"} 1"));
}

TEST(Metrics, GaugesGoUpAndDown) {
    const Gauge open = gauge("test_open", "Open.");
    open.set(5);
    open.add(-2);
    EXPECT_THAT(render(), HasSubstr("test_open 3"));
}

TEST(Metrics, HistogramsCountPerBound) {
    const Histogram duration = histogram("test_seconds", "Seconds.", {0.1, 1});
    duration.observe(0.05);
    duration.observe(0.5);
    duration.observe(5);
    const std::string text = render();
    EXPECT_THAT(text, HasSubstr("test_seconds_bucket{le=\"0.1\"} 1"));
    EXPECT_THAT(text, HasSubstr("test_seconds_bucket{le=\"1\"} 2"));
    EXPECT_THAT(text, HasSubstr("test_seconds_bucket{le=\"+Inf\"} 3"));
    EXPECT_THAT(text, HasSubstr("test_seconds_count 3"));
}

TEST(Metrics, ANameBelongsToOneKind) {
    counter("test_taken_total", "Taken.");
    EXPECT_THROW(gauge("test_taken_total", "Taken."), std::invalid_argument);
    EXPECT_THROW(counter("not a name", ""), std::invalid_argument);
}

TEST(Metrics, ConcurrentIncrementsAreNotLost) {
    const Counter counted = counter("test_raced_total", "Raced.");
    std::vector<std::jthread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([counted] {
            for (int n = 0; n < 1'000; ++n) counted.add();
        });
    }
    threads.clear();
    EXPECT_THAT(render(), HasSubstr("test_raced_total 4000"));
}

}  // namespace
}  // namespace safargo::metrics
