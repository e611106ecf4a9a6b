// The statement that reads bookings with the related data shown beside them; a condition on `b` follows.
#pragma once

#include "features/bookings/booking_rows.hpp"

#define BOOKING_WITH_PEOPLE                                                                    \
    "select " BOOKING_COLUMNS                                                                  \
    ", t.status, t.stop_labels[b.from_stop + 1], t.stop_labels[b.to_stop + 1], "               \
    "p.name, p.rating_sum, p.rating_count, p.kyc_approved_at is not null, p.trips_travelled, " \
    "d.name, d.rating_sum, d.rating_count, d.kyc_approved_at is not null, "                    \
    "d.response_seconds_sum, d.response_count, "                                               \
    "n.contest_until, x.id, x.status, x.reason, x.side, x.answer, x.due_at, x.refund, "        \
    "p.photo_id, d.photo_id "                                                                  \
    "from bookings b join trips t on t.id = b.trip_id join users p on p.id = b.user_id "       \
    "join users d on d.id = b.driver_id "                                                      \
    "left join no_shows n on n.booking_id = b.id and n.ended_at is null "                      \
    "left join disputes x on x.booking_id = b.id "
