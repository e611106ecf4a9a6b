#include "load/plan.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/json/parse.hpp>

#include <fstream>
#include <iterator>

namespace safargo::load {
namespace {

namespace json = boost::json;

template <class T>
T positive(const json::object& object, std::string_view name) {
    const auto value = field<T>(object, name);
    if (!(value > 0)) throw BadPlan(fmt::format("{}: must be above 0", name));
    return value;
}

std::chrono::nanoseconds nanoseconds_of(double seconds) {
    return std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
}

void read_load(const json::object& load, Plan& plan) {
    const auto kind = field<std::string>(load, "kind");
    if (kind == "open") {
        plan.rate = positive<double>(load, "rate");
    } else if (kind == "closed") {
        plan.connections = positive<unsigned>(load, "connections");
    } else {
        throw BadPlan("kind: must be open or closed");
    }
}

MixEntry::Order parse_order(std::string_view order) {
    if (order == "cycle") return MixEntry::Order::cycle;
    if (order == "random") return MixEntry::Order::random;
    if (order == "once") return MixEntry::Order::once;
    throw BadPlan("order: must be cycle, random or once");
}

boost::asio::ip::tcp::endpoint read_target(const json::object& object) {
    boost::system::error_code failure;
    const auto address = boost::asio::ip::make_address(field<std::string>(object, "address"), failure);
    if (failure) throw BadPlan("address: must be one of IP");
    return {address, positive<std::uint16_t>(object, "port")};
}

}  // namespace

Plan parse_plan(std::string_view text, const std::filesystem::path& folder) {
    const json::object object = parse_object(text);
    Plan plan{.target = read_target(object)};
    read_load(field<json::object>(object, "load"), plan);
    plan.warmup = nanoseconds_of(field<double>(object, "warmup_s"));
    plan.duration = nanoseconds_of(positive<double>(object, "duration_s"));
    plan.max_connections = positive<unsigned>(object, "max_connections");
    plan.timeout = nanoseconds_of(positive<double>(object, "timeout_s"));
    plan.seed = field<std::uint64_t>(object, "seed");
    plan.drops_per_second = field<double>(object, "drop_connections_per_s");
    for (const auto& value : field<json::array>(object, "mix")) {
        const json::object& entry = value.as_object();
        plan.mix.push_back({.name = field<std::string>(entry, "name"),
                            .weight = positive<double>(entry, "weight"),
                            .requests = folder / field<std::string>(entry, "requests"),
                            .order = parse_order(field<std::string>(entry, "order"))});
    }
    if (plan.mix.empty()) throw BadPlan("mix: must not be empty");
    return plan;
}

json::object parse_object(std::string_view text) {
    boost::system::error_code failure;
    auto value = json::parse(text, failure);
    if (failure || !value.is_object()) throw BadPlan("must be a JSON object");
    return std::move(value.as_object());
}

std::string read_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(stream), {});
    if (!stream) throw BadPlan(fmt::format("{}: cannot be read", file.string()));
    return text;
}

}  // namespace safargo::load
