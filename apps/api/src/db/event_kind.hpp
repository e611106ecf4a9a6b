// The kinds of published events. Each is a constant of the feature that publishes it, and publishing requires the
// constant: so the registry is complete before the first request.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace safargo::db {

enum class Listeners {
    any,  // an event: any number of subscribers, possibly none
    one   // a command: exactly one subscriber
};

// inline const db::EventKind booking_changed{"booking.changed"};
// Only as a constant at namespace scope: it registers itself at program start, on one thread.
class EventKind {
public:
    explicit EventKind(std::string_view name, Listeners listeners = Listeners::any);  // `name` is a literal
    EventKind(const EventKind&) = delete;
    EventKind& operator=(const EventKind&) = delete;

    std::string_view name() const { return name_; }
    operator std::string() const { return std::string(name_); }

private:
    std::string_view name_;
};

struct DeclaredKind {
    std::string name;
    Listeners listeners = Listeners::any;
};
using DeclaredKinds = std::vector<DeclaredKind>;

// Of all linked features; a kind declared twice is listed twice.
const DeclaredKinds& declared_kinds();

}  // namespace safargo::db
