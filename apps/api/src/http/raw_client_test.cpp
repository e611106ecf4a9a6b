#include "http/raw_client_test.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace safargo::http::testing {

std::size_t Answer::count(std::string_view name) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(headers, [&](const auto& field) { return equal_ignoring_case(field.first, name); }));
}

Client::Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{.tv_sec = 20, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    const int yes = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        throw std::runtime_error("cannot connect");
    }
}

Client::~Client() {
    if (socket_ >= 0) ::close(socket_);
}

bool Client::try_send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void Client::send(std::string_view bytes) {
    if (!try_send(bytes)) throw std::runtime_error("cannot send");
}

void Client::finish_sending() {
    ::shutdown(socket_, SHUT_WR);
}

bool Client::receive() {
    std::array<char, 16'384> bytes;
    const ssize_t received = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (received < 0) throw std::runtime_error("receive failed or timed out");
    received_.append(bytes.data(), static_cast<std::size_t>(received));
    return received > 0;
}

std::string Client::cut_until(std::string_view mark) {
    std::size_t end = received_.find(mark);
    while (end == std::string::npos) {
        if (!receive()) throw std::runtime_error("ended early, with: " + received_);
        end = received_.find(mark);
    }
    std::string text = received_.substr(0, end);
    received_.erase(0, end + mark.size());
    return text;
}

Answer Client::read(bool to_head) {
    Answer answer;
    std::string head = cut_until("\r\n\r\n") + "\r\n";
    const std::string line = head.substr(0, head.find("\r\n"));
    answer.version = line.substr(0, 8);
    answer.status = std::stoi(line.substr(9, 3));
    answer.reason = line.substr(13);
    head.erase(0, line.size() + 2);
    while (!head.empty()) {
        const std::size_t colon = head.find(": ");
        const std::size_t end = head.find("\r\n");
        if (colon == std::string::npos || colon > end) throw std::runtime_error("bad field: " + head);
        answer.headers.emplace_back(head.substr(0, colon), head.substr(colon + 2, end - colon - 2));
        head.erase(0, end + 2);
    }
    const std::string length(answer.header("Content-Length"));
    if (to_head || length.empty()) return answer;
    while (received_.size() < std::stoul(length)) {
        if (!receive()) throw std::runtime_error("truncated body");
    }
    answer.body = received_.substr(0, std::stoul(length));
    received_.erase(0, answer.body.size());
    return answer;
}

std::string Client::read_chunk() {
    const std::size_t length = std::stoul(cut_until("\r\n"), nullptr, 16);
    while (received_.size() < length + 2) {
        if (!receive()) throw std::runtime_error("truncated chunk");
    }
    std::string chunk = received_.substr(0, length);
    if (received_.compare(length, 2, "\r\n") != 0) throw std::runtime_error("a chunk is longer than it says");
    received_.erase(0, length + 2);
    return chunk;
}

std::string Client::read_to_end() {
    while (receive()) {
    }
    return std::move(received_);
}

std::string get(std::string_view path, std::string_view lines) {
    std::string request = "GET ";
    request.append(path).append(" HTTP/1.1\r\nHost: test\r\n").append(lines).append("\r\n");
    return request;
}

std::string post(std::string_view path, std::string_view body, std::string_view lines) {
    std::string request = "POST ";
    request.append(path).append(" HTTP/1.1\r\nHost: test\r\nContent-Length: ");
    request.append(std::to_string(body.size())).append("\r\n").append(lines).append("\r\n").append(body);
    return request;
}

}  // namespace safargo::http::testing
