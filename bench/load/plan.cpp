#include "load/plan.hpp"

#include "load/json_fields.hpp"

#include <fmt/format.h>
#include <boost/asio/ip/address_v4.hpp>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

namespace safargo::load {
namespace {

namespace json = boost::json;
using boost::asio::ip::make_address_v4;

constexpr std::uint64_t most_seed = std::uint64_t{1} << 53;  // beyond it JSON numbers lose digits
constexpr double most_seconds = 7 * 86'400;
constexpr double longest_patience = 100;  // the end of the histogram
constexpr double most_sockets = 60'000;

std::chrono::nanoseconds nanoseconds_of(double seconds) {
    return std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
}

// "http://127.0.0.1:3000": no names but localhost, since a name server's answer would be part of what is measured.
bool parse_target(Plan& plan) {
    std::string_view rest = plan.target;
    if (!rest.starts_with("http://")) return false;
    rest.remove_prefix(7);
    if (rest.ends_with('/')) rest.remove_suffix(1);
    plan.host = rest;
    const auto colon = std::min(rest.find(':'), rest.size());
    std::string host(rest.substr(0, colon));
    if (host == "localhost") host = "127.0.0.1";
    boost::system::error_code failure;
    const auto address = make_address_v4(host, failure);
    plan.address = address.to_uint();
    plan.port = 80;
    if (colon < rest.size()) {
        const auto digits = rest.substr(colon + 1);
        const auto [stopped, wrong] = std::from_chars(digits.begin(), digits.end(), plan.port);
        if (wrong != std::errc{} || stopped != digits.end() || plan.port == 0) return false;
    }
    return !failure;
}

void read_load(const json::object& object, Plan& plan, std::string& complaint) {
    JsonFields fields(object, "load.", complaint);
    const auto kind = fields.text("kind");
    if (kind == "open") {
        plan.kind = Plan::Kind::open;
        plan.rate = fields.number("rate", {0, 1e6, true});
    } else if (kind == "closed") {
        plan.kind = Plan::Kind::closed;
        plan.connections = static_cast<unsigned>(fields.whole("connections", {1, most_sockets}, 64));
        plan.think = nanoseconds_of(fields.number("think_ms", {0, 1e6}, 0) / 1e3);
    } else {
        fields.complain("kind", R"(must be "open" or "closed")");
    }
    fields.refuse_others();
}

MixEntry read_entry(const json::object& object, std::string prefix, const std::filesystem::path& folder,
                    std::string& complaint) {
    JsonFields fields(object, std::move(prefix), complaint);
    MixEntry entry{.name = fields.text("name"), .weight = fields.number("weight", {0, 1e9, true}, 1)};
    entry.requests = folder / fields.text("requests");
    const auto order = fields.text("order", "cycle");
    if (order == "random") entry.order = MixEntry::Order::random;
    if (order == "once") entry.order = MixEntry::Order::once;
    if (order != "cycle" && order != "random" && order != "once")
        fields.complain("order", R"(must be "cycle", "random" or "once")");
    if (entry.name.empty()) fields.complain("name", "must not be empty");
    fields.refuse_others();
    return entry;
}

void read_mix(const json::array& entries, const std::filesystem::path& folder, Plan& plan, std::string& complaint) {
    for (const auto& value : entries) {
        const auto place = fmt::format("mix[{}]", plan.mix.size());
        if (!value.is_object()) {
            if (complaint.empty()) complaint = place + ": must be an object";
            return;
        }
        auto entry = read_entry(value.get_object(), place + ".", folder, complaint);
        if (std::ranges::find(plan.mix, entry.name, &MixEntry::name) != plan.mix.end() && complaint.empty())
            complaint = fmt::format("{}.name: \"{}\" is there twice", place, entry.name);
        plan.mix.push_back(std::move(entry));
    }
    if (plan.mix.empty() && complaint.empty()) complaint = "mix: must not be empty";
}

void read_numbers(JsonFields& fields, Plan& plan) {
    plan.warmup = nanoseconds_of(fields.number("warmup_s", {0, most_seconds}, 2));
    plan.duration = nanoseconds_of(fields.number("duration_s", {0, most_seconds, true}, 10));
    plan.max_connections = static_cast<unsigned>(fields.whole("max_connections", {1, most_sockets}, 2'048));
    plan.timeout = nanoseconds_of(fields.number("timeout_s", {0, longest_patience, true}, 30));
    plan.threads = static_cast<unsigned>(fields.whole("threads", {1, 64}, 1));
    plan.seed = fields.whole("seed", {0, static_cast<double>(most_seed)}, 1);
    plan.drops_per_second = fields.number("drop_connections_per_s", {0, 1e5}, 0);
}

}  // namespace

OrLine<Plan> parse_plan(std::string_view text, const std::filesystem::path& folder) {
    const auto object = parse_object(text);
    if (!object) return std::unexpected(object.error());
    Plan plan;
    std::string complaint;
    JsonFields fields(*object, "", complaint);
    plan.target = fields.text("target");
    if (!parse_target(plan)) fields.complain("target", "must be http:// with an IPv4 address or localhost, and a port");
    if (const auto* load = fields.object("load", true)) read_load(*load, plan, complaint);
    read_numbers(fields, plan);
    if (const auto* mix = fields.array("mix", true)) read_mix(*mix, folder, plan, complaint);
    fields.refuse_others();
    if (plan.threads > plan.most_connections()) fields.complain("threads", "must not be more than the connections");
    if (!complaint.empty()) return std::unexpected(complaint);
    return plan;
}

OrLine<Plan> read_plan(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(stream), {});
    if (!stream) return std::unexpected(fmt::format("{}: cannot be read", file.string()));
    auto plan = parse_plan(text, file.parent_path());
    if (!plan) return std::unexpected(fmt::format("{}: {}", file.string(), plan.error()));
    return plan;
}

}  // namespace safargo::load
