// Knows who serves which slot, and keeps it true: looks again at a MOVED, when a node is lost, when commands are not
// answered, and from time to time. One look at a time, and never more than a few a second.
#pragma once

#include "adapters/redis/back_off.hpp"
#include "adapters/redis/bell.hpp"
#include "adapters/redis/nodes.hpp"
#include "adapters/redis/slot_table.hpp"
#include "core/wakeup.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace safargo::redis {

class Topology {
public:
    Topology(std::shared_ptr<const Node::Surroundings> surroundings, std::shared_ptr<Nodes> nodes);

    // Until closed.
    static Task<void> follow(std::shared_ptr<Topology> self);
    void close();

    // Returns once a table is known. Throws DependencyUnavailable when nobody could tell it, at once if that is known,
    // or DeadlineExceeded.
    static Task<void> wait_known(std::shared_ptr<Topology> self, Deadline deadline);

    // Nothing: nobody serves it, as far as we know.
    std::optional<Address> owner(std::uint16_t slot) const;
    // A master that answers, in turn; or any, if none does.
    std::optional<Address> some_master();

    // `from` knows something newer than we do; nobody in particular if null.
    void look_again(const Address* from = nullptr);
    void note_moved(std::uint16_t slot, const Address& to) { table_.move(slot, to); }
    void judge_health();

private:
    enum class Seen { changed, unchanged, nothing };

    static Task<Seen> look(std::shared_ptr<Topology> self);
    static Task<SlotTable> ask(std::shared_ptr<Topology> self, Address address);
    std::vector<Address> whom_to_ask();
    Seen adopt(SlotTable fresh);
    bool all_is_well() const;
    Task<void> rest(Seen seen);

    std::shared_ptr<const Node::Surroundings> surroundings_;
    std::shared_ptr<Nodes> nodes_;
    SlotTable table_;  // with the slots that moved since
    SlotTable seen_;   // as it was told
    std::optional<Address> better_informed_;
    std::string failure_;  // of the latest look
    Bell looked_;
    Wakeup wanted_;
    boost::asio::steady_timer pause_;
    BackOff spacing_;
    std::size_t turn_ = 0;
    bool closed_ = false;
};

}  // namespace safargo::redis
