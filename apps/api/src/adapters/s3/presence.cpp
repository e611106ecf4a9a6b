#include "adapters/s3/presence.hpp"

#include "core/logging.hpp"

namespace safargo::s3 {

void Presence::answered() {
    if (unanswered_.exchange(0) >= rules_.in_a_row) log::info("s3_answers_again");
}

void Presence::failed(std::chrono::steady_clock::duration after) {
    if (after < rules_.slow || gone()) return;
    if (++unanswered_ == rules_.in_a_row) log::warning("s3_does_not_answer");
}

}  // namespace safargo::s3
