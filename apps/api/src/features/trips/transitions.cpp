#include "features/trips/transitions.hpp"

#include "contract/described.hpp"

#include <array>
#include <string>

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
    Transition{TripStatus::open, TripAction::complete, TripStatus::completed},  // starts it implicitly
    Transition{TripStatus::open, TripAction::cancel, TripStatus::cancelled},
    Transition{TripStatus::in_progress, TripAction::complete, TripStatus::completed},
    Transition{TripStatus::in_progress, TripAction::cancel, TripStatus::cancelled},
};

// The states in which the action is legal: "open, in_progress".
std::string starts_of(TripAction action) {
    std::string names;
    for (const Transition& transition : transitions) {
        if (transition.action != action) continue;
        if (!names.empty()) names += ", ";
        names += contract::enum_name(transition.from);
    }
    return names;
}

}  // namespace

bool is_over(TripStatus status) {
    return status == TripStatus::completed || status == TripStatus::cancelled;
}

Result<TripStatus> next_status(TripStatus from, TripAction action) {
    for (const Transition& transition : transitions) {
        if (transition.from == from && transition.action == action) return transition.to;
    }
    if (is_over(from)) return fail(Code::trip_ended);
    return fail(
        Error{.code = Code::illegal_transition, .fields = {{"status", {Rule::not_allowed, starts_of(action)}}}});
}

}  // namespace safargo::trips
