// The numbers of this feature.
#pragma once

#include <chrono>
#include <cstdint>

namespace safargo::media {

inline constexpr std::int64_t most_open_uploads = 10;    // per person: permitted, not yet finished or expired
inline constexpr std::int64_t most_uploads_a_day = 100;  // per person, in any 24 hours

inline constexpr std::chrono::minutes permit_lasts{10};
// A file whose sending began in time may arrive and be finished for so much longer; then everything is swept.
inline constexpr std::chrono::hours permit_grace{1};

// Longer than a request may take (15 s), so that what it still writes is never swept under its hands.
inline constexpr std::chrono::seconds finishing_takes{30};

// Per thread: each holds a file of up to 12 MB in memory.
inline constexpr int most_finishing_at_once = 6;

inline constexpr std::chrono::hours unclaimed_lasts{24};
inline constexpr std::chrono::hours swept_is_kept{7 * 24};

}  // namespace safargo::media
