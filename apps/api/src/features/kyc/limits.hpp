// The numbers of this feature.
#pragma once

#include <chrono>
#include <cstdint>

namespace safargo::kyc {

inline constexpr std::int64_t most_documents_a_day = 20;  // per person, in any 24 hours

inline constexpr std::chrono::seconds picture_is_readable{60};  // from each signed reading
inline constexpr std::chrono::days picture_is_kept{30};         // from the decision (PRODUCT section 2)
inline constexpr std::chrono::days replaced_is_kept{30};
inline constexpr std::chrono::days reminder_before_expiry{14};

}  // namespace safargo::kyc
