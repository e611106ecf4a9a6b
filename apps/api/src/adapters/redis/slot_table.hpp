// Who serves which slot, as a node of the cluster saw it.
#pragma once

#include "adapters/redis/address.hpp"
#include "adapters/redis/reply.hpp"
#include "adapters/redis/slots.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace safargo::redis {

class SlotTable {
public:
    SlotTable() : owners_(slot_count, nobody) {}

    // From the answer to CLUSTER SLOTS. `asked`: who gave it; nodes without an address of their own are reached there.
    // Throws ProtocolError for anything that is not such an answer, or one without a single slot.
    static SlotTable parse(const Reply& reply, const Address& asked);
    // A server that is not part of a cluster.
    static SlotTable of_one(const Address& server);

    bool empty() const { return masters_.empty(); }
    // Null: nobody serves it.
    const Address* owner(std::uint16_t slot) const;
    // A MOVED said so: true until the next table. No effect for an address that is no node of this table.
    void move(std::uint16_t slot, const Address& to);

    std::span<const Address> masters() const { return masters_; }  // those with slots
    std::span<const Address> replicas() const { return replicas_; }
    bool is_master(const Address& address) const;

    bool operator==(const SlotTable&) const = default;

private:
    static constexpr std::uint16_t nobody = 0xFFFF;

    void add_range(const Reply& range, const Address& asked);
    std::uint16_t add_master(const Address& address);

    std::vector<std::uint16_t> owners_;  // per slot an index into masters_
    std::vector<Address> masters_, replicas_;
};

}  // namespace safargo::redis
