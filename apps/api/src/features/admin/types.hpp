// What moderators and admins are asked to review.
#pragma once

#include "contract/described.hpp"
#include "core/bounded.hpp"
#include "core/ids.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

#include <optional>
#include <string>
#include <vector>

namespace safargo::admin {

enum class FlagKind {
    short_ride,       // ended long before it can have arrived; online money waits for disputes
    completed_ahead,  // completed by an older version while its trip had not started
};
BOOST_DESCRIBE_ENUM(FlagKind, short_ride, completed_ahead)

// GET /admin/flags, newest first.
struct ListFlags {
    std::optional<FlagKind> kind;
    std::optional<Bounded<1, 100>> limit;
    std::optional<Text<300>> cursor;
};
BOOST_DESCRIBE_STRUCT(ListFlags, (), (kind, limit, cursor))

struct FlagView {
    FlagId id;
    FlagKind kind;
    std::optional<BookingId> booking_id;
    std::optional<TripId> trip_id;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(FlagView, (), (id, kind, booking_id, trip_id, created_at))

struct FlagPage {
    std::vector<FlagView> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(FlagPage, (), (items, next_cursor))

}  // namespace safargo::admin
