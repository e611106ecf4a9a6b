// safargo-load PLAN.json: sends HTTP requests at a rate, or as fast as they are answered, and reports what came of it.
#include "load/report.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <fstream>

namespace {

using namespace safargo::load;

constexpr int unreachable = 1;
constexpr int bad_plan = 2;

constexpr std::string_view manual = R"(
PLAN.json (what is shown is the default; target, load and mix are needed):
  { "target": "http://127.0.0.1:3000",   http only; an IPv4 address or localhost
    "load": {"kind": "open", "rate": 1000}
         or {"kind": "closed", "connections": 64, "think_ms": 0},
    "warmup_s": 2, "duration_s": 10, "max_connections": 2048, "timeout_s": 30, "threads": 1, "seed": 1,
    "drop_connections_per_s": 0,
    "mix": [{"name": "search", "weight": 1, "requests": "search.jsonl", "order": "cycle" | "random" | "once"}] }
  open      request i is due at start + i / rate, and its latency counts from then, however late it was sent. Connections
            grow up to max_connections; beyond, requests wait, and waiting counts.
  closed    each connection asks, waits for the answer, thinks, asks again; after a refused connection it pauses 100 ms.
  timeout_s counts from when the request was due, at most 100.
  drop_connections_per_s   so many random connections are reset each second, amid an answer too.
  once      each line is sent at most once; the run ends when one is wanted and none is left ("exhausted").

Requests, a JSON object a line, paths relative to the plan:
  {"method": "GET", "path": "/api/v1/trips", "headers": {"Authorization": "Bearer ..."}, "body": "...", "expect": [200]}
  expect is 2xx and 304 unless given. A body without a Content-Type is sent as application/json.

The report (JSON) is about the measured part; connections_opened counts the warm-up too.
  sent = answered + errors + dropped, by requests due in the measured part; answered, latency_us and histogram: answers
  of an expected status. throughput_rps: such answers that came within the measured part, a second. seconds_series: by
  the second in which a request was due. generator_late_us: how late, at most, a due request was begun by safargo-load
  itself; when it is not far below the latencies, this machine was too slow for the rate.

Exit status: 0 the run was made, whatever the answers; 1 the target cannot be reached; 2 the plan is wrong.)";

struct Options {
    std::string plan;
    std::string output;
    bool quiet = false;
};

Watcher make_watcher(bool quiet) {
    if (quiet) return {};
    const bool terminal = isatty(STDERR_FILENO) == 1;
    const std::chrono::milliseconds every(terminal ? 500 : 10'000);
    return {.every = every, .look = [terminal](const Progress& progress) {
                const std::chrono::duration<double> elapsed = progress.elapsed;
                fmt::print(stderr, "{}{:8.1f} s  {} answered  {} errors{}", terminal ? "\r" : "", elapsed.count(),
                           progress.answered, progress.errors, terminal ? "" : "\n");
                std::fflush(stderr);
            }};
}

int refuse(int status, std::string_view line) {
    fmt::print(stderr, "safargo-load: {}\n", line);
    return status;
}

int write_report(const std::string& report, const std::string& file) {
    if (file.empty()) {
        fmt::print("{}", report);
        return 0;
    }
    std::ofstream stream(file, std::ios::binary);
    stream << report;
    stream.close();
    return stream ? 0 : refuse(bad_plan, file + ": cannot be written");
}

int carry_out(const Options& options) {
    const auto plan = read_plan(options.plan);
    if (!plan) return refuse(bad_plan, plan.error());
    const auto mix = Mix::read(*plan);
    if (!mix) return refuse(bad_plan, fmt::format("{}: {}", options.plan, mix.error()));
    const auto outcome = run(*plan, **mix, make_watcher(options.quiet));
    if (!options.quiet && isatty(STDERR_FILENO) == 1) fmt::print(stderr, "\n");
    if (!outcome) return refuse(unreachable, outcome.error());
    return write_report(print_report(*plan, *outcome), options.output);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Sends HTTP requests at a rate, or as fast as they are answered, and reports what came of it"};
    Options options;
    app.add_option("plan", options.plan, "PLAN.json")->required();
    app.add_option("--output", options.output, "Write the report here instead of to standard output");
    app.add_flag("--quiet", options.quiet, "Show no progress");
    app.footer(std::string(manual));
    try {
        app.parse(argc, argv);
        return carry_out(options);
    } catch (const CLI::ParseError& wrong) {
        return app.exit(wrong) == 0 ? 0 : bad_plan;
    } catch (const std::exception& failure) {
        return refuse(unreachable, failure.what());
    }
}
