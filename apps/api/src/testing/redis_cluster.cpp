#include "testing/redis_cluster.hpp"

#include <fmt/format.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace safargo::testing {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

constexpr std::string_view home_prefix = "safargo-redis-";

constexpr std::chrono::seconds quickly{2};  // a frozen node never answers

struct Outcome {
    int status;
    std::string output;
};

Outcome shell(const std::string& command) {
    std::FILE* pipe = ::popen(("exec 2>&1; " + command).c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("no shell");
    std::string output;
    char buffer[4096];
    while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, pipe)) output.append(buffer, size);
    const int status = ::pclose(pipe);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, output};
}

Outcome script(const std::string& action, const std::string& home) {
    return shell(fmt::format("'{}/systems/redis.sh' {} '{}'", SAFARGO_SCRIPTS_DIR, action, home));
}

std::string content(const std::string& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    std::string all = text.str();
    while (!all.empty() && all.back() == '\n') all.pop_back();
    return all;
}

// Homes are named after the program that made them; those of killed ones are removed by the next.
void remove_leftovers() {
    for (const auto& entry : fs::directory_iterator(fs::temp_directory_path())) {
        const std::string name = entry.path().filename();
        if (!name.starts_with(home_prefix)) continue;
        const int pid = std::atoi(name.c_str() + home_prefix.size());
        if (pid <= 0 || ::kill(pid, 0) == 0) continue;
        script("stop", entry.path());
        std::error_code ignored;
        fs::remove_all(entry.path(), ignored);
    }
}

std::string started_home() {
    static int number = 0;
    remove_leftovers();
    const std::string home = fs::temp_directory_path() / fmt::format("{}{}-{}", home_prefix, ::getpid(), ++number);
    const Outcome started = script("start", home);
    if (started.status != 0) throw std::runtime_error("no Redis cluster: " + started.output);
    return home;
}

template <class Condition>
void wait_until(const std::string& what, Condition holds) {
    const auto deadline = steady_clock::now() + std::chrono::seconds{30};
    while (!holds()) {
        if (steady_clock::now() > deadline) throw std::runtime_error("gave up waiting: " + what);
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
}

std::vector<std::string> words_of(const std::string& line) {
    std::istringstream words(line);
    return {std::istream_iterator<std::string>(words), {}};
}

// "id 127.0.0.1:7001@17001 myself,master - 0 1 1 connected 0-5460 5462"
RedisCluster::Member member_of(const std::vector<std::string>& words) {
    RedisCluster::Member member{};
    member.id = words[0];
    member.port = static_cast<std::uint16_t>(std::atoi(words[1].c_str() + words[1].rfind(':') + 1));
    member.master = words[2].contains("master");
    member.failing = words[2].contains("fail");
    member.master_id = words[3];
    for (std::size_t i = 8; i < words.size(); ++i) {
        if (words[i].front() == '[') continue;  // a slot on its way
        const std::size_t dash = words[i].find('-');
        const int first = std::atoi(words[i].c_str());
        member.slots.emplace_back(first, dash == std::string::npos ? first : std::atoi(words[i].c_str() + dash + 1));
    }
    return member;
}

}  // namespace

std::optional<std::string> RedisCluster::missing() {
    if (std::getenv("SAFARGO_TEST_REDIS_HOME") != nullptr) return std::nullopt;
    static const std::optional<std::string> reason = []() -> std::optional<std::string> {
        for (const char* tool : {"redis-server", "redis-cli"}) {
            if (shell(fmt::format("command -v {}", tool)).status != 0) return fmt::format("{} is not installed", tool);
        }
        return std::nullopt;
    }();
    return reason;
}

RedisCluster& RedisCluster::shared() {
    static const std::unique_ptr<RedisCluster> cluster = []() {
        const char* home = std::getenv("SAFARGO_TEST_REDIS_HOME");
        return std::unique_ptr<RedisCluster>(home == nullptr ? new RedisCluster : new RedisCluster(home));
    }();
    return *cluster;
}

RedisCluster::RedisCluster() : RedisCluster(started_home()) {
    own_ = true;
}

RedisCluster::RedisCluster(std::string home) : home_(std::move(home)), url_(content(home_ + "/url")) {
    const std::size_t at = url_.rfind('@');
    if (at == std::string::npos) throw std::runtime_error("no Redis cluster in " + home_);
    password_ = url_.substr(url_.find("://:") + 4);
    password_.resize(password_.rfind('@'));
    std::istringstream lines(content(home_ + "/ports"));
    for (std::uint16_t port = 0; lines >> port;) ports_.push_back(port);
}

RedisCluster::~RedisCluster() {
    if (!own_) return;
    script("stop", home_);
    std::error_code ignored;
    fs::remove_all(home_, ignored);
}

std::string RedisCluster::url_of(const std::vector<std::uint16_t>& ports) const {
    std::string url = url_.substr(0, url_.rfind('@') + 1);
    for (const std::uint16_t port : ports) url += fmt::format("{}127.0.0.1:{}", url.ends_with('@') ? "" : ",", port);
    return url;
}

std::string RedisCluster::cli(std::uint16_t port, const std::string& arguments, std::chrono::seconds time) const {
    const Outcome said =
        shell(fmt::format("REDISCLI_AUTH={} timeout {} redis-cli --tls --cacert '{}' -h 127.0.0.1 -p {} {}", password_,
                          time.count(), ca_file(), port, arguments));
    if (said.status != 0) throw std::runtime_error(fmt::format("redis-cli {}: {}", arguments, said.output));
    return said.output;
}

std::vector<RedisCluster::Member> RedisCluster::members(std::uint16_t asked) const {
    for (const std::uint16_t port : ports_) {
        if (asked != 0 && port != asked) continue;
        try {
            std::istringstream lines(cli(port, "cluster nodes", quickly));
            std::vector<Member> all;
            for (std::string line; std::getline(lines, line);) {
                if (const auto words = words_of(line); words.size() >= 8) all.push_back(member_of(words));
            }
            if (!all.empty()) return all;
        } catch (const std::runtime_error&) {
        }
    }
    throw std::runtime_error("no node of the cluster answers");
}

RedisCluster::Member RedisCluster::master_of(int slot, std::uint16_t asked) const {
    for (const Member& member : members(asked)) {
        for (const auto& [first, last] : member.slots) {
            if (member.master && first <= slot && slot <= last) return member;
        }
    }
    throw std::runtime_error("nobody serves the slot");
}

RedisCluster::Member RedisCluster::replica_of(const Member& master) const {
    for (const Member& member : members()) {
        if (!member.master && member.master_id == master.id) return member;
    }
    throw std::runtime_error("no replica");
}

void RedisCluster::signal(std::uint16_t port, int number) const {
    const int pid = std::atoi(content(fmt::format("{}/{}/pid", home_, port)).c_str());
    if (!own_) throw std::logic_error("a shared cluster must not be broken");
    if (pid <= 0 || ::kill(pid, number) != 0) throw std::runtime_error(fmt::format("no server at port {}", port));
}

void RedisCluster::kill(std::uint16_t port) {
    signal(port, SIGKILL);
    const int pid = std::atoi(content(fmt::format("{}/{}/pid", home_, port)).c_str());
    wait_until("a killed server ends", [pid] { return ::kill(pid, 0) != 0; });
    fs::remove(fmt::format("{}/{}/pid", home_, port));
}

void RedisCluster::freeze(std::uint16_t port) {
    signal(port, SIGSTOP);
}

void RedisCluster::thaw(std::uint16_t port) {
    signal(port, SIGCONT);
}

void RedisCluster::start(std::uint16_t port) {
    // The server outlives this program's sockets, and must not keep them open.
    constexpr std::string_view close_others =
        "for fd in /proc/$BASHPID/fd/*; do fd=${fd##*/}; [ $fd -le 2 ] || eval \"exec $fd>&-\"; done";
    if (shell(fmt::format("bash -c '{}; redis-server \"{}/{}/redis.conf\"'", close_others, home_, port)).status != 0) {
        throw std::runtime_error("a server does not start again");
    }
    wait_until("a started server answers", [&] {
        try {
            return cli(port, "ping", quickly).starts_with("PONG");
        } catch (const std::runtime_error&) {
            return false;
        }
    });
}

void RedisCluster::heal() {
    for (const std::uint16_t port : ports_) {
        if (fs::exists(fmt::format("{}/{}/pid", home_, port))) {
            thaw(port);
        } else {
            start(port);
        }
    }
    wait_until("the cluster is whole again", [this] { return is_whole(); });
}

bool RedisCluster::is_whole() const {
    try {
        return std::ranges::all_of(ports_, [this](std::uint16_t port) {
            const std::string replication = cli(port, "info replication", quickly);
            return cli(port, "cluster info", quickly).contains("cluster_slots_ok:16384") &&
                   std::ranges::none_of(members(port), &Member::failing) &&
                   (replication.contains("role:master") || replication.contains("master_link_status:up"));
        });
    } catch (const std::runtime_error&) {
        return false;
    }
}

}  // namespace safargo::testing
