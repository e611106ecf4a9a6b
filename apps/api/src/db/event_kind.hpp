// The kinds of what transactions publish. Each is declared once, as a constant of the feature that publishes it, and
// nothing can be published without its constant: so the registry knows every kind before the first request.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace safargo::db {

enum class Listeners {
    any,  // a fact: whoever subscribes hears of it, or nobody does
    one   // a command: exactly one subscriber carries it out
};

// inline const db::EventKind booking_changed{"booking.changed"};
// Only as a constant at namespace scope: it is entered in the registry while the program starts, on one thread.
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

// Of all features that this program is linked from; a kind that is declared twice stands there twice.
const DeclaredKinds& declared_kinds();

}  // namespace safargo::db
