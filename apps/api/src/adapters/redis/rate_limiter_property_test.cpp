#include "adapters/redis/guard_world_test.hpp"
#include "adapters/redis/rate_limiter.hpp"
#include "testing/properties.hpp"

#include <memory>
#include <vector>

namespace safargo::redis {
namespace {

using namespace std::chrono_literals;
using Mode = ModelCommands::Mode;

struct Replica {
    Replica(ModelRedis& redis, Standing& standing, const Clock& clock, unsigned replicas)
        : model(redis, standing), counts(clock), limiter(model.guard, counts, replicas) {}

    bool take(unsigned limit) {
        const auto deadline = std::chrono::steady_clock::now() + 6ms;  // longer than what tells something
        return testing::run(limiter.take("user:1", limit, 60s, deadline)).allowed;
    }
    void heal() {
        model.commands->mode = Mode::works;
        run_until([this] { return model.guard.trusts("rate:user:1"); });
    }

    GuardedModel model;
    local::RateCounts counts;
    SharedRateLimiter limiter;
};

struct World {
    explicit World(unsigned replica_count, unsigned its_limit) : limit(its_limit) {
        for (unsigned i = 0; i < replica_count; ++i) {
            replicas.push_back(std::make_unique<Replica>(redis, standing, clock, replica_count));
        }
    }
    unsigned share() const { return std::max(1U, limit / static_cast<unsigned>(replicas.size())); }

    const unsigned limit;
    FakeClock clock{*parse_instant("2026-12-03T07:00:00Z")};
    ModelRedis redis{clock};
    Standing standing;
    std::vector<std::unique_ptr<Replica>> replicas;
};

Replica& any_of(World& world) {
    return *world.replicas[*rc::gen::inRange<std::size_t>(0, world.replicas.size())];
}

RC_GTEST_PROP(SharedRateLimiterProperty, AHealthyLimiterAllowsExactlyItsLimitInAWindow, ()) {
    World world(*rc::gen::inRange(1U, 5U), *rc::gen::inRange(1U, 12U));
    const unsigned uses = *rc::gen::inRange(0U, 40U);
    for (int window = 0; window < 2; ++window) {
        unsigned allowed = 0;
        for (unsigned i = 0; i < uses; ++i) {
            allowed += any_of(world).take(world.limit) ? 1 : 0;
            if (*rc::gen::inRange(0, 8) == 0) world.redis.forget_scripts();
            world.clock.advance(1s);
        }
        RC_ASSERT(allowed == std::min(uses, world.limit));
        world.clock.advance(60s);
    }
}

// Whatever fails in whatever order: no use is let through uncounted. Each replica has its share, Redis the limit, once
// more each time it loses its memory.
RC_GTEST_PROP(SharedRateLimiterProperty, ADegradedLimiterAllowsNoMoreThanTheLimitAndEachReplicasShare, ()) {
    World world(*rc::gen::inRange(1U, 5U), *rc::gen::inRange(1U, 12U));
    unsigned allowed = 0, lost = 0;
    const int steps = *rc::gen::inRange(0, 80);
    for (int i = 0; i < steps; ++i) {
        Replica& replica = any_of(world);
        switch (*rc::gen::inRange(0, 12)) {
            case 0:
                replica.model.commands->mode =
                    *rc::gen::element(Mode::refuses, Mode::hangs, Mode::answers_late, Mode::out_of_memory);
                break;
            case 1:
                replica.heal();
                break;
            case 2:
                world.redis.lose_everything();
                ++lost;
                break;
            default:
                allowed += replica.take(world.limit) ? 1 : 0;
        }
        world.clock.advance(100ms);  // all of it within one window
    }
    const unsigned shares = static_cast<unsigned>(world.replicas.size()) * world.share();
    RC_ASSERT(allowed <= world.limit * (1 + lost) + shares);
}

}  // namespace
}  // namespace safargo::redis
