// Delivers events to several subscribers. A kind with a single subscriber needs no extra row: its row is the delivery.
// For other kinds, each due row is expanded into one row per subscriber, which from then on is an ordinary outbox row:
// claimed, retried, buried and pruned on its own. docs/adr/0014-fan-out.md
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

// How often the subscriptions of other versions are read.
inline constexpr std::chrono::seconds registry_refresh{5};

// The kind of a row for one subscriber: "booking.changed>bookings.notifier".
std::string delivery_kind(const std::string& kind, const std::string& subscriber);

class FanOut {
public:
    FanOut(const db::Subscriptions& subscriptions, const db::DeclaredKinds& declared);

    // At first registers our subscriptions: a new one receives events published from now on, or all that wait if its
    // kind had none. Later reads, every few seconds, what other versions have registered.
    Task<void> refresh_subscriptions(db::Session& session, Instant now);
    bool is_known() const { return known_at_.has_value(); }  // are ours registered?

    // Expands the due rows of shared kinds, the next of each ordering key, for all subscribers, including those of
    // other versions; an event without subscribers is marked sent. Returns the number of rows. No round trip if no kind
    // needs it.
    Task<std::int64_t> expand_due(db::Session& session, Instant now) const;

    // The row kinds that are deliveries to this subscriber of ours.
    std::vector<std::string> rows_for(const db::Subscription& subscriber) const;

private:
    struct Known {
        std::string kind, subscriber;
        bool shared;        // each subscriber has its own rows
        bool has_own_rows;  // some of its own rows are waiting
    };
    Task<void> enter(db::Session& session) const;
    Task<void> read(db::Session& session);
    void choose_kinds_to_expand();

    std::vector<std::string> kinds_, subscribers_;  // our subscriptions, as parallel lists
    std::vector<std::string> declared_;
    std::vector<Known> known_;
    std::vector<std::string> to_expand_;
    std::optional<Instant> known_at_;
};

}  // namespace safargo::jobs
