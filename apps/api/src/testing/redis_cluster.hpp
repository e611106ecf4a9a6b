// A real Redis cluster of three masters and three replicas, with TLS and a password (scripts/systems/redis.sh).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace safargo::testing {

class RedisCluster {
public:
    // Why there can be none on this machine; nothing if shared() will do. For GTEST_SKIP.
    static std::optional<std::string> missing();
    // Which nobody breaks, so that tests can share it: the one at SAFARGO_TEST_REDIS_HOME, otherwise one that is
    // started for this program.
    static RedisCluster& shared();

    RedisCluster();  // one of its own, to be broken; stopped and removed at the end
    ~RedisCluster();
    RedisCluster(const RedisCluster&) = delete;
    RedisCluster& operator=(const RedisCluster&) = delete;

    const std::string& url() const { return url_; }
    std::string ca_file() const { return home_ + "/ca.crt"; }
    const std::string& home() const { return home_; }
    const std::vector<std::uint16_t>& ports() const { return ports_; }
    std::string url_of(const std::vector<std::uint16_t>& ports) const;  // with these seeds only

    struct Member {
        std::uint16_t port;
        std::string id;
        bool master, failing;
        std::vector<std::pair<int, int>> slots;  // first, last
        std::string master_id;                   // of a replica
    };
    // As one of them sees the cluster; the first that answers if 0.
    std::vector<Member> members(std::uint16_t asked = 0) const;
    Member master_of(int slot, std::uint16_t asked = 0) const;
    Member replica_of(const Member& master) const;

    // What redis-cli prints; throws if it fails or takes longer. `arguments` go through the shell.
    std::string cli(std::uint16_t port, const std::string& arguments,
                    std::chrono::seconds time = std::chrono::seconds{60}) const;

    void kill(std::uint16_t port);    // -9
    void freeze(std::uint16_t port);  // SIGSTOP
    void thaw(std::uint16_t port);
    void start(std::uint16_t port);  // again, after kill
    // Everything is thawed and started again, all slots are served, and every replica has its copy; throws after 30 s.
    void heal();

private:
    explicit RedisCluster(std::string home);
    void signal(std::uint16_t port, int number) const;
    bool is_whole() const;

    std::string home_, url_, password_;
    std::vector<std::uint16_t> ports_;
    bool own_ = false;
};

}  // namespace safargo::testing
