// Validates the events of all features before the first is published.
#pragma once

#include "db/outbox.hpp"

#include <string>
#include <vector>

namespace safargo::jobs {

// One sentence per fault; empty if there is none. A kind has the form "<noun>.<what>" and is declared once. A
// subscription has the form "<feature>.<who>", is unique, and subscribes to declared kinds, each at most once. A
// command has one subscriber.
std::vector<std::string> find_faults(const db::DeclaredKinds& declared, const db::Subscriptions& subscriptions);

// Throws std::logic_error listing all faults, which stops the start.
void require_sound(const db::DeclaredKinds& declared, const db::Subscriptions& subscriptions);

}  // namespace safargo::jobs
