// safargo-load PLAN.json REPORT.json: sends HTTP requests at a rate, or as fast as they are answered, and reports what
// came of it. bench/suite writes the plans and reads the reports.
#include "load/run.hpp"

#include <cstdio>
#include <exception>
#include <fstream>

namespace {

using namespace safargo::load;

constexpr int unreachable = 1;
constexpr int bad_plan = 2;

constexpr std::string_view manual = R"(safargo-load PLAN.json REPORT.json

PLAN.json, every field of it:
  { "address": "127.0.0.1", "port": 3000,
    "load": {"kind": "open", "rate": 1000}          requests a second
         or {"kind": "closed", "connections": 64},
    "warmup_s": 2, "duration_s": 10, "max_connections": 2048, "timeout_s": 30, "seed": 1, "drop_connections_per_s": 0,
    "mix": [{"name": "search", "weight": 1, "requests": "search.jsonl", "order": "cycle" | "random" | "once"}] }
  open      request i is due at start + i / rate, and its latency counts from then, however late it was sent. Connections
            grow up to max_connections; beyond, requests wait, and waiting counts.
  closed    each connection asks, waits for the answer, asks again; after a refused connection it pauses 100 ms.
  timeout_s counts from when the request was due.
  drop_connections_per_s   so many random connections are reset each second, amid an answer too.
  once      each line is sent at most once; the run ends when one is wanted and none is left ("exhausted").

Requests, a JSON object a line, paths relative to the plan:
  {"bytes": "GET / HTTP/1.1\r\nHost: 127.0.0.1:3000\r\n\r\n", "expect": 0}     0: 2xx and 304

The report (JSON) is about the measured part; connections_opened counts the warm-up too.
  sent = answered + errors + dropped, by requests due in the measured part; answered, latency_us and histogram: answers
  of an expected status. throughput_rps: such answers that came within the measured part, a second. generator_late_us:
  how late, at most, a due request was begun by safargo-load itself; when it is not far below the latencies, this machine
  was too slow for the rate.

Exit status: 0 the run was made, whatever the answers; 1 the target cannot be reached; 2 the plan is wrong.
)";

int refuse(int status, std::string_view line) {
    fmt::print(stderr, "safargo-load: {}\n", line);
    return status;
}

void carry_out(const std::filesystem::path& file, const std::filesystem::path& output) {
    const Plan plan = parse_plan(read_file(file), file.parent_path());
    Mix mix = Mix::read(plan);
    const auto report = print_report(plan, run(plan, mix));
    std::ofstream stream(output, std::ios::binary);
    stream << report;
    stream.close();
    if (!stream) throw BadPlan(output.string() + ": cannot be written");
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "{}", manual);
        return bad_plan;
    }
    try {
        carry_out(argv[1], argv[2]);
        return 0;
    } catch (const BadPlan& wrong) {
        return refuse(bad_plan, fmt::format("{}: {}", argv[1], wrong.what()));
    } catch (const std::exception& failure) {
        return refuse(unreachable, failure.what());
    }
}
