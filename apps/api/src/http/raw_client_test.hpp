// For tests: a client that writes arbitrary bytes to a real socket and parses responses strictly.
#pragma once

#include "http/message.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace safargo::http::testing {

struct Answer {
    int status = 0;
    std::string version, reason;
    Headers headers;
    std::string body;

    std::string_view header(std::string_view name) const { return find_header(headers, name); }
    std::size_t count(std::string_view name) const;
    bool closes() const { return header("Connection") == "close"; }
};

// Waits for at most 20 s, then throws std::runtime_error.
class Client {
public:
    explicit Client(std::uint16_t port);
    ~Client();
    Client(Client&& other) noexcept : socket_(other.socket_), received_(std::move(other.received_)) {
        other.socket_ = -1;
    }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    Client& operator=(Client&&) = delete;

    void send(std::string_view bytes);
    bool try_send(std::string_view bytes);  // false if the server no longer listens
    void finish_sending();
    Answer read(bool to_head = false);  // throws if the connection ends before the response is complete
    Answer ask(std::string_view bytes) {
        send(bytes);
        return read(bytes.starts_with("HEAD "));
    }
    std::string read_chunk();   // the content of one, "" for the last
    std::string read_to_end();  // everything received until the server closes
    bool closed() { return read_to_end().empty(); }

private:
    bool receive();  // false at the end
    std::string cut_until(std::string_view mark);

    int socket_;
    std::string received_;
};

// "GET /path HTTP/1.1" with Host and the given lines ("Name: value\r\n...").
std::string get(std::string_view path, std::string_view lines = {});
std::string post(std::string_view path, std::string_view body, std::string_view lines = {});

}  // namespace safargo::http::testing
