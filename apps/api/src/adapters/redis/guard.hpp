// Asks Redis only while it answers. After a failure the callers decide without it at once, for the keys of the lane
// that failed, and a probe in the background finds out when they may ask again.
#pragma once

#include "adapters/redis/commands.hpp"
#include "adapters/redis/lanes.hpp"
#include "adapters/redis/script.hpp"
#include "adapters/redis/standing.hpp"
#include "core/metrics.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace safargo::redis {

struct GuardOptions {
    std::chrono::milliseconds probe_every{250};
    std::chrono::milliseconds probe_patience{50};
    // A caller whose own time is up earlier has learned nothing about Redis.
    std::chrono::milliseconds telling_wait{20};
    LanePauses pauses{};
};

// What Redis is asked for, in the metrics.
class Use {
public:
    explicit Use(const std::string& name);
    void answered(std::chrono::nanoseconds took) const;
    void failed() const { failures_.add(); }

private:
    metrics::Histogram seconds_;
    metrics::Counter failures_;
};

// Belongs to one thread, and probes on its executor until destroyed.
class Guard {
public:
    Guard(boost::asio::any_io_executor executor, std::shared_ptr<Commands> commands, Standing& standing,
          GuardOptions options = {});
    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

    // Nothing if Redis is not asked now, does not answer by `deadline` or refuses; it may have done the work all the
    // same. Throws only on cancellation. `use` must outlive the task.
    Task<std::optional<Reply>> ask(const Use& use, std::string key, Command command, Deadline deadline);
    // One round trip; two where the node does not know the script yet.
    Task<std::optional<Reply>> run(const Use& use, const Script& script, std::string key,
                                   std::vector<std::string> arguments, Deadline deadline);

    bool trusts(std::string_view key) const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace safargo::redis
