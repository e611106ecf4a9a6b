// Disputes in their first form: one side opens one, the other answers, an admin decides. Each action runs in the
// transaction that the route opens. Lock order: the opener's account, the booking, its payment, then the profiles whose
// counters change.
#pragma once

#include "api/cursor.hpp"
#include "core/caller.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/disputes/events.hpp"
#include "features/disputes/repository.hpp"
#include "features/live/service.hpp"

#include <chrono>

namespace safargo::disputes {

class DisputeService {
public:
    DisputeService(db::Database& database, const Clock& clock, payments::Payments& payments,
                   const bookings::BookingTransitions& transitions, const bookings::BoardingCodes& codes,
                   const api::CursorSigner& cursors, std::chrono::seconds dispute_window,
                   live::Announcer announcer = {})
        : database_(database),
          clock_(clock),
          payments_(payments),
          transitions_(transitions),
          cursors_(cursors),
          dispute_window_(dispute_window),
          announcer_(announcer),
          reader_(payments, codes) {}

    // By one of the two people of a booking: it becomes disputed, and its money is frozen. already_disputed,
    // dispute_closed when it is too late, forbidden for the person who reported the no-show.
    Task<Result<bookings::BookingView>> open(db::Transaction& tx, Caller caller, BookingId booking, OpenDispute wanted);
    // Once, by the other side (forbidden for the opener, already_exists the second time), while it is undecided.
    Task<Result<bookings::BookingView>> answer(db::Transaction& tx, Caller caller, BookingId booking,
                                               AnswerDispute words);

    // For moderators. Reading an open one moves it to in_review.
    Task<Result<DisputePage>> list(ListDisputes wanted);
    Task<Result<DisputeFile>> show(db::Transaction& tx, Caller caller, DisputeId id);

    // By an admin who is neither of the two people, with or without an answer: the money moves once, the booking is
    // settled.
    Task<Result<DisputeFile>> resolve(db::Transaction& tx, Caller caller, DisputeId id, ResolveDispute wanted);

private:
    struct Involved;
    Task<Result<Involved>> lock_involved(db::Transaction& tx, Caller caller, BookingId id);
    Task<DisputeFile> file_of(db::Transaction& tx, Caller caller, Dispute dispute);
    Task<void> count(db::Transaction& tx, bookings::Booking booking, BookingStatus disputed_status, Dinars refund);
    void announce(db::Transaction& tx, const bookings::Booking& booking, const Dispute& dispute, DisputeNews what,
                  Instant now) const;

    db::Database& database_;
    const Clock& clock_;
    payments::Payments& payments_;
    const bookings::BookingTransitions& transitions_;
    const api::CursorSigner& cursors_;
    std::chrono::seconds dispute_window_;
    live::Announcer announcer_;
    bookings::BookingReader reader_;
    bookings::BookingRepository bookings_;
    bookings::NoShowRows no_shows_;
    DisputeRepository rows_;
};

}  // namespace safargo::disputes
