#include "features/trips/transitions.hpp"

#include <array>

namespace safargo::trips {
namespace {

struct Transition {
    TripStatus from;
    TripAction action;
    TripStatus to;
};

constexpr std::array transitions{
    Transition{TripStatus::draft, TripAction::publish, TripStatus::open},
    Transition{TripStatus::draft, TripAction::cancel, TripStatus::cancelled},
    Transition{TripStatus::open, TripAction::start, TripStatus::in_progress},
    Transition{TripStatus::open, TripAction::complete, TripStatus::completed},  // starts it on the way
    Transition{TripStatus::open, TripAction::cancel, TripStatus::cancelled},
    Transition{TripStatus::in_progress, TripAction::complete, TripStatus::completed},
    Transition{TripStatus::in_progress, TripAction::cancel, TripStatus::cancelled},
};

}  // namespace

Result<TripStatus> next_status(TripStatus from, TripAction action) {
    for (const Transition& transition : transitions) {
        if (transition.from == from && transition.action == action) return transition.to;
    }
    return fail(Code::illegal_transition);
}

}  // namespace safargo::trips
