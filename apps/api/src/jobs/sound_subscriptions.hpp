// What must be true of all features' events before the first of them is published.
#pragma once

#include "db/outbox.hpp"

#include <string>
#include <vector>

namespace safargo::jobs {

// One sentence per fault; none when all is well. A kind is named "<noun>.<what>" and declared once; a subscription is
// named "<feature>.<who>", by one feature only, and listens to declared kinds, to each once; a command has one
// subscriber.
std::vector<std::string> find_faults(const db::DeclaredKinds& declared, const db::Subscriptions& subscriptions);

// Throws std::logic_error with all of them, which stops the start.
void require_sound(const db::DeclaredKinds& declared, const db::Subscriptions& subscriptions);

}  // namespace safargo::jobs
