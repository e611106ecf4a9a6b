// What a run is asked to do: PLAN.json, with every field (main.cpp shows one), and the fields of JSON that the bench
// itself has written.
#pragma once

#include <fmt/format.h>
#include <boost/asio/ip/tcp.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value_to.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::load {

// One line that names the field, or the line, that is wrong.
struct BadPlan : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct MixEntry {
    enum class Order { cycle, random, once };

    std::string name;
    double weight = 1;
    std::filesystem::path requests;
    Order order = Order::cycle;
};

struct Plan {
    boost::asio::ip::tcp::endpoint target;  // no name: a name server's answer would be part of what is measured
    double rate = 0;                        // requests a second of an open loop; 0: the loop is closed
    unsigned connections = 0;               // when closed
    std::chrono::nanoseconds warmup{0};
    std::chrono::nanoseconds duration = std::chrono::seconds(10);
    unsigned max_connections = 2'048;  // when open
    std::chrono::nanoseconds timeout = std::chrono::seconds(30);
    std::uint64_t seed = 1;
    double drops_per_second = 0;
    std::vector<MixEntry> mix;

    bool is_open() const { return rate > 0; }
    unsigned most_connections() const { return is_open() ? max_connections : connections; }
};

Plan parse_plan(std::string_view json, const std::filesystem::path& folder);

// The whole of a file; BadPlan where it cannot be read.
std::string read_file(const std::filesystem::path& file);

boost::json::object parse_object(std::string_view text);

template <class T>
T field(const boost::json::object& object, std::string_view name) {
    const auto* found = object.if_contains(name);
    if (found == nullptr) throw BadPlan(fmt::format("{}: is missing", name));
    const auto value = boost::json::try_value_to<T>(*found);
    if (value.has_error()) throw BadPlan(fmt::format("{}: is of another kind", name));
    return *value;
}

}  // namespace safargo::load
