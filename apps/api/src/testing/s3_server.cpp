#include "testing/s3_server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

extern char** environ;

namespace safargo::testing {
namespace {

constexpr int cannot_be_had = 77;

struct Run {
    int status;
    std::string output;  // of standard output and standard error
};

Run run_script(const std::string& arguments) {
    const std::string command = fmt::format("'{}' {} 2>&1", SAFARGO_S3_SCRIPT, arguments);
    std::FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error("no shell");
    std::string output;
    std::array<char, 4096> buffer{};
    while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe))
        output.append(buffer.data(), size);
    const int status = ::pclose(pipe);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, output};
}

std::string value_of(const std::string& lines, const std::string& name) {
    const std::size_t at = ('\n' + lines).find('\n' + name + '=');
    if (at == std::string::npos) throw std::runtime_error("the S3 server has no " + name);
    const std::size_t from = at + name.size() + 1;
    return lines.substr(from, lines.find('\n', from) - from);
}

S3Server server_in(const std::string& home) {
    const Run env = run_script("env '" + home + "'");
    if (env.status != 0) throw std::runtime_error(env.output);
    return {.home = home,
            .region = value_of(env.output, "S3_REGION"),
            .endpoint = value_of(env.output, "S3_ENDPOINT"),
            .access_key_id = value_of(env.output, "AWS_ACCESS_KEY_ID"),
            .secret_access_key = value_of(env.output, "AWS_SECRET_ACCESS_KEY")};
}

// Ended with the process.
class OwnServer {
public:
    OwnServer() {
        std::string folder = "/tmp/safargo-s3-XXXXXX";
        if (::mkdtemp(folder.data()) == nullptr) throw std::runtime_error("no folder for the S3 server");
        home_ = folder;
        started_ = run_script("start '" + home_ + "'");
    }
    ~OwnServer() {
        run_script("stop '" + home_ + "'");
        std::filesystem::remove_all(home_);
    }
    OwnServer(const OwnServer&) = delete;
    OwnServer& operator=(const OwnServer&) = delete;

    const std::string& home() const { return home_; }
    const Run& started() const { return started_; }

private:
    std::string home_;
    Run started_;
};

struct Found {
    std::optional<S3Server> server;
    std::string why_not;
};

Found find_server() {
    if (const char* home = std::getenv("SAFARGO_TEST_S3_HOME"); home != nullptr && *home != '\0') {
        return {server_in(home), {}};
    }
    static const OwnServer own;
    if (own.started().status == 0) return {server_in(own.home()), {}};
    if (own.started().status == cannot_be_had) return {std::nullopt, own.started().output};
    throw std::runtime_error(own.started().output);
}

const Found& found() {
    static const Found server = find_server();
    return server;
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

class Socket {
public:
    Socket() : number_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
    ~Socket() { ::close(number_); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    int number() const { return number_; }

private:
    int number_;
};

std::uint16_t free_port() {
    const Socket socket;
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket.number(), generic, size) != 0 || ::getsockname(socket.number(), generic, &size) != 0) {
        throw std::runtime_error("no free port");
    }
    return ntohs(address.sin_port);
}

bool listens(std::uint16_t port) {
    const Socket socket;
    const sockaddr_in address = loopback(port);
    return ::connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
}

pid_t spawn_gateway(std::vector<std::string> words) {
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    pid_t pid = 0;
    const int failure = ::posix_spawnp(&pid, "radosgw", &files, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&files);
    if (failure != 0) throw std::runtime_error("radosgw cannot be started");
    return pid;
}

}  // namespace

const S3Server* s3_server() {
    return found().server ? &*found().server : nullptr;
}

const std::string& why_no_s3_server() {
    return found().why_not;
}

S3Gateway::S3Gateway(const S3Server& server, std::vector<std::string> settings)
    : home_(server.home), settings_(std::move(settings)), port_(free_port()) {
    start();
}

S3Gateway::~S3Gateway() {
    kill();
}

std::string S3Gateway::endpoint() const {
    return fmt::format("http://127.0.0.1:{}", port_);
}

void S3Gateway::freeze() const {
    ::kill(pid_, SIGSTOP);
    ::waitpid(pid_, nullptr, WUNTRACED);  // its threads stop one after another
}

void S3Gateway::thaw() const {
    ::kill(pid_, SIGCONT);
}

void S3Gateway::kill() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
}

void S3Gateway::start() {
    std::vector<std::string> words{"radosgw",
                                   "-c",
                                   home_ + "/ceph.conf",
                                   "-n",
                                   "client.rgw",
                                   "-f",
                                   fmt::format("--rgw-frontends=beast endpoint=127.0.0.1:{} tcp_nodelay=1", port_)};
    words.insert(words.end(), settings_.begin(), settings_.end());
    pid_ = spawn_gateway(std::move(words));
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (!listens(port_)) {
        if (std::chrono::steady_clock::now() > until || ::waitpid(pid_, nullptr, WNOHANG) != 0) {
            throw std::runtime_error("the S3 gateway does not start");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
}

}  // namespace safargo::testing
