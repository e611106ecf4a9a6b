// Errors by which a node says that it has not executed a command, and what to do instead.
#pragma once

#include "adapters/redis/address.hpp"
#include "adapters/redis/reply.hpp"

#include <optional>

namespace safargo::redis {

struct Refusal {
    enum class Kind {
        none,          // it is an answer, perhaps an error
        moved,         // the slot belongs to another node
        ask,           // this key may already be at another node: ask there, once
        try_again,     // the keys are on their way
        cluster_down,  // nobody serves the slot now
        loading,       // the node reads its data after a start
        read_only,     // a replica that was the master
        no_sign_in,    // the node does not know us (any more)
    };
    Kind kind = Kind::none;
    std::optional<Address> target{};  // of moved and ask; nothing if the node does not know where that is
};

// `asked`: who sent it; a redirect without a host stays there.
Refusal read_refusal(const Reply& reply, const Address& asked);

}  // namespace safargo::redis
