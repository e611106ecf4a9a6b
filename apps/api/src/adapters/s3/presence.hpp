// Whether S3 answers at all, as the calls of all threads find it. A server that hangs costs each caller its patience:
// once several have paid, the others are told at once, until the watch finds an answer again.
#pragma once

#include <atomic>
#include <chrono>

namespace safargo::s3 {

// Thread-safe.
class Presence {
public:
    struct Rules {
        int in_a_row = 3;
        // A failure that comes sooner keeps nobody waiting, and is not counted.
        std::chrono::milliseconds slow{1'000};
    };

    Presence() = default;
    explicit Presence(const Rules& rules) : rules_(rules) {}

    void answered();
    void failed(std::chrono::steady_clock::duration after);
    bool gone() const { return unanswered_ >= rules_.in_a_row; }

private:
    Rules rules_{};
    std::atomic<int> unanswered_ = 0;
};

}  // namespace safargo::s3
