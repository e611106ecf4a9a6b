// Who hears of what. A kind with one subscriber costs nothing: its row is the delivery. Of a kind with more, each due
// row is told to every subscriber by a row of that one's own, which from then on is an outbox row as any other:
// claimed, put off, buried and pruned by itself. docs/adr/0014-fan-out.md
#pragma once

#include "core/task.hpp"
#include "core/time.hpp"
#include "db/outbox.hpp"
#include "db/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace safargo::jobs {

// Between two looks at what other versions subscribe to.
inline constexpr std::chrono::seconds registry_known_for{5};

// What a delivery of its own is called: "booking.changed>bookings.notifier".
std::string delivery_kind(const std::string& kind, const std::string& subscriber);

class FanOut {
public:
    FanOut(const db::Subscriptions& subscriptions, const db::DeclaredKinds& declared);

    // At first enters our subscriptions: one that is new hears what is published from now on, unless its kind had none.
    // Then learns, every few seconds, what other versions beside this one subscribed to.
    Task<void> keep_known(db::Session& session, Instant now);
    bool is_known() const { return known_at_.has_value(); }  // are they entered?

    // Tells the due rows of shared kinds, the next of each ordering key, to all who subscribed, those of other
    // versions, too; a fact that nobody listens to is done with. Answers how many rows. No round trip when no kind
    // needs it.
    Task<std::int64_t> tell_all(db::Session& session, Instant now) const;

    // The kinds of the rows that are deliveries to this subscriber of ours.
    std::vector<std::string> rows_for(const db::Subscription& subscriber) const;

private:
    struct Known {
        std::string kind, subscriber;
        bool shared;  // each subscriber has rows of its own
        bool told;    // such rows are waiting for it
    };
    Task<void> enter(db::Session& session) const;
    Task<void> read(db::Session& session);
    void choose_kinds_to_tell();

    std::vector<std::string> kinds_, subscribers_;  // our subscriptions, one of each at a time
    std::vector<std::string> declared_;
    std::vector<Known> known_;
    std::vector<std::string> to_tell_;
    std::optional<Instant> known_at_;
};

}  // namespace safargo::jobs
