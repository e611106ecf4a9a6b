// Which part of the keys Redis currently answers for. A shard that fails takes its slots with it and leaves the others,
// so the slots are split into lanes of 256 neighbours, each trusted by itself.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <string_view>
#include <vector>

namespace safargo::redis {

// Before a lane that has failed is probed; doubled by each further failure.
struct LanePauses {
    std::chrono::milliseconds first{250}, longest{1'000};
    std::chrono::milliseconds settled{10'000};  // trusted for so long, a lane begins with the first pause again
};

// Pure: no clock, no I/O. Belongs to one thread.
class Lanes {
public:
    using Time = std::chrono::steady_clock::time_point;

    static constexpr std::size_t count = 64;

    explicit Lanes(LanePauses pauses = {}) : pauses_(pauses) { lanes_.fill({.pause = pauses_.first}); }

    static std::size_t of(std::string_view key);

    bool trusts(std::size_t lane) const { return lanes_[lane].trusted; }
    std::size_t distrusted() const { return distrusted_; }

    // A command that was sent then has failed. True if the lane was trusted until now; of a distrusted lane only probes
    // count, and what was sent before a lane was trusted again says nothing about it.
    bool distrust(std::size_t lane, Time sent, Time now);
    // Those whose pause is over; each counts as being probed until its probe worked or failed.
    std::vector<std::size_t> due(Time now);
    bool probe_worked(std::size_t lane, Time now);  // true if the lane was not trusted until now
    void probe_failed(std::size_t lane, Time now);

private:
    struct Lane {
        bool trusted = true;
        bool probed = false;
        std::chrono::milliseconds pause{};  // the next one
        Time retry_at{};                    // of a distrusted lane
        Time trusted_at{};                  // when it was trusted again
    };

    void pause(Lane& lane, Time now) const;

    LanePauses pauses_;
    std::array<Lane, count> lanes_;
    std::size_t distrusted_ = 0;
};

}  // namespace safargo::redis
