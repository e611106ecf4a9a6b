#include "adapters/redis/slot_table.hpp"

#include "adapters/redis/reply_reader.hpp"

#include <algorithm>

namespace safargo::redis {
namespace {

using Kind = Reply::Kind;

constexpr std::size_t most_nodes = 1'000;  // as many as the specification recommends at most

bool has(std::span<const Address> list, const Address& address) {
    return std::ranges::find(list, address) != list.end();
}

[[noreturn]] void refuse() {
    throw ProtocolError("not an answer to CLUSTER SLOTS");
}

const Reply& item(const Reply& list, std::size_t index, Kind kind) {
    if (list.kind != Kind::list || list.items.size() <= index || list.items[index].kind != kind) refuse();
    return list.items[index];
}

std::int64_t number(const Reply& list, std::size_t index, std::int64_t least, std::int64_t most) {
    const std::int64_t value = item(list, index, Kind::integer).integer;
    if (value < least || value > most) refuse();
    return value;
}

// Nothing if the node is badly configured and Redis itself does not know its name ("?").
std::optional<Address> address_of(const Reply& node, const Address& asked) {
    const auto port = static_cast<std::uint16_t>(number(node, 1, 1, 65'535));
    if (node.items[0].kind == Kind::nil) return Address{asked.host, port};
    const std::string& host = item(node, 0, Kind::text).text;
    if (host.empty()) return Address{asked.host, port};
    if (host == "?") return std::nullopt;
    if (!is_host(host)) refuse();
    return Address{host, port};
}

}  // namespace

SlotTable SlotTable::parse(const Reply& reply, const Address& asked) {
    if (reply.kind != Kind::list) refuse();
    SlotTable table;
    for (const Reply& range : reply.items) table.add_range(range, asked);
    if (table.empty()) throw ProtocolError("a node that knows no slots");
    return table;
}

SlotTable SlotTable::of_one(const Address& server) {
    SlotTable table;
    std::ranges::fill(table.owners_, table.add_master(server));
    return table;
}

// First slot, last slot, the master, its replicas.
void SlotTable::add_range(const Reply& range, const Address& asked) {
    const auto first = static_cast<std::size_t>(number(range, 0, 0, slot_count - 1));
    const auto last = static_cast<std::size_t>(number(range, 1, static_cast<std::int64_t>(first), slot_count - 1));
    if (const auto master = address_of(item(range, 2, Kind::list), asked)) {
        std::fill(owners_.begin() + static_cast<std::ptrdiff_t>(first),
                  owners_.begin() + static_cast<std::ptrdiff_t>(last) + 1, add_master(*master));
    }
    for (std::size_t i = 3; i < range.items.size(); ++i) {
        const auto replica = address_of(item(range, i, Kind::list), asked);
        if (!replica || has(replicas_, *replica)) continue;
        if (replicas_.size() == most_nodes) refuse();
        replicas_.push_back(*replica);
    }
}

std::uint16_t SlotTable::add_master(const Address& address) {
    const auto known = std::ranges::find(masters_, address);
    if (known != masters_.end()) return static_cast<std::uint16_t>(known - masters_.begin());
    if (masters_.size() == most_nodes) refuse();
    masters_.push_back(address);
    return static_cast<std::uint16_t>(masters_.size() - 1);
}

const Address* SlotTable::owner(std::uint16_t slot) const {
    const std::uint16_t index = owners_[slot];
    return index == nobody ? nullptr : &masters_[index];
}

void SlotTable::move(std::uint16_t slot, const Address& to) {
    const bool is_replica = has(replicas_, to);
    if (is_replica || is_master(to)) owners_[slot] = add_master(to);
    if (is_replica) std::erase(replicas_, to);  // it was promoted
}

bool SlotTable::is_master(const Address& address) const {
    return has(masters_, address);
}

}  // namespace safargo::redis
