// What a run is asked to do: PLAN.json, read strictly. Every refusal is one line that names the field.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::load {

template <class T>
using OrLine = std::expected<T, std::string>;  // or one line that says what is wrong

struct MixEntry {
    enum class Order { cycle, random, once };

    std::string name;
    double weight = 1;
    std::filesystem::path requests;
    Order order = Order::cycle;
};

struct Plan {
    enum class Kind { open, closed };

    std::string target;         // as written
    std::string host;           // for the Host header
    std::uint32_t address = 0;  // IPv4
    std::uint16_t port = 0;
    Kind kind = Kind::closed;
    double rate = 0;                    // requests a second, when open
    unsigned connections = 64;          // when closed
    std::chrono::nanoseconds think{0};  // when closed
    std::chrono::nanoseconds warmup = std::chrono::seconds(2);
    std::chrono::nanoseconds duration = std::chrono::seconds(10);
    unsigned max_connections = 2'048;  // when open
    std::chrono::nanoseconds timeout = std::chrono::seconds(30);
    unsigned threads = 1;
    std::uint64_t seed = 1;
    double drops_per_second = 0;
    std::vector<MixEntry> mix;

    unsigned most_connections() const { return kind == Kind::open ? max_connections : connections; }
};

OrLine<Plan> parse_plan(std::string_view json, const std::filesystem::path& folder);
OrLine<Plan> read_plan(const std::filesystem::path& file);

}  // namespace safargo::load
