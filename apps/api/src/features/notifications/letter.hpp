// A message while it waits: sealed, since it names a person and may hold a code.
#pragma once

#include "core/ids.hpp"
#include "core/key_ring.hpp"
#include "core/language.hpp"
#include "core/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::notifications {

struct Letter {
    std::string to;
    std::string template_name;
    Language language = Language::fr;
    std::vector<std::string> parameters;
    // Absent in those that an older version sealed.
    std::optional<Instant> written_at{};
    std::optional<UserId> reader{};      // nor in messages to whoever has no account yet
    std::optional<SubjectId> subject{};  // the booking or trip it is about
    std::optional<Instant> not_after{};  // it does not wait beyond this for quiet hours to end
};

std::string seal(const crypto::PurposeKeys& keys, const Letter& letter);
// Throws std::runtime_error for what no key opens.
Letter open(const crypto::PurposeKeys& keys, std::string_view payload);

// A pseudonym in ordering and deduplication keys, which must not identify a person: an outbox row may live for days.
std::string pseudonym(const crypto::Key& key, std::string_view to);

}  // namespace safargo::notifications
