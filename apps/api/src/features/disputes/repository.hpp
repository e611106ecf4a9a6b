// Rows of `disputes`. SQL only.
#pragma once

#include "core/caller.hpp"
#include "db/transaction.hpp"
#include "features/disputes/views.hpp"

#include <optional>
#include <vector>

namespace safargo::disputes {

class DisputeRepository {
public:
    Task<std::optional<Dispute>> find(db::Session& session, DisputeId id) const;
    Task<std::optional<Dispute>> find_of(db::Session& session, BookingId booking) const;
    // Those before `before`, newest first.
    Task<std::vector<DisputeCard>> list(db::Session& session, std::optional<DisputeStatus> status, DisputeId before,
                                        std::int64_t limit) const;

    // already_disputed; the transaction can then only be rolled back.
    Task<Result<Nothing>> insert(db::Transaction& tx, Dispute dispute) const;
    // Writes what may change: status, answer, decision.
    Task<void> save(db::Transaction& tx, Dispute dispute) const;
    // A moderator has read it: open becomes in_review.
    Task<void> take_up(db::Transaction& tx, DisputeId id) const;
};

}  // namespace safargo::disputes
