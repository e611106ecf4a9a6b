// The cost of a suggestion for the labelled queries, from prefixes to phonetic spellings. The budget is 1 ms.
#include "geo/csv.hpp"
#include "geo/gazetteer.hpp"

#include <benchmark/benchmark.h>

namespace safargo::geo {
namespace {

void suggest(benchmark::State& state) {
    const auto country = Gazetteer::load(SAFARGO_DATA_DIR);
    const auto labels = CsvTable::read(SAFARGO_GEO_DIR "/suggest_labels.csv", {"query"});
    std::size_t next = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(country.suggest(labels.row(next).text("query"), 10, Language::fr));
        next = (next + 1) % labels.size();
    }
}
BENCHMARK(suggest)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace safargo::geo
