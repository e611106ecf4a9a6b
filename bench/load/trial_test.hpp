// For tests: a run against a ScriptedServer, described in as few words as the test needs.
#pragma once

#include "load/report.hpp"
#include "load/run.hpp"
#include "load/scripted_server_test.hpp"

#include <boost/json/object.hpp>

namespace safargo::load::testing {

std::string get_line(std::string_view path);  // a line of a file of requests

struct Trial {
    Plan plan;
    std::string lines = get_line("/");
    MixEntry::Order order = MixEntry::Order::cycle;

    Outcome run() const;
    boost::json::object report() const;  // of a run
};

// Without warm-up; each sends its `count` requests once, one after another on every connection.
Trial closed_trial(const std::string& target, unsigned connections, unsigned count);
// For `duration`.
Trial open_trial(const std::string& target, double rate, std::chrono::milliseconds duration);

// Every request that was due has ended in one way.
bool adds_up(const Tally& tally);

}  // namespace safargo::load::testing
