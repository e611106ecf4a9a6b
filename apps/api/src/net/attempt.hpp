// One sending of a request by libcurl.
#pragma once

#include "net/answer_reader.hpp"
#include "net/client.hpp"
#include "net/ending.hpp"
#include "net/multi.hpp"
#include "net/trust_store.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

namespace safargo::net {

class Attempt final : Transfer {
public:
    struct Means {
        boost::asio::any_io_executor executor;
        Multi* multi;
        const TrustStore* trust;
        std::chrono::milliseconds connect_timeout;
    };

    // Request and means must outlive it. Throws std::runtime_error if libcurl lacks what it is asked for.
    Attempt(const Means& means, const Request& request);
    ~Attempt();
    Attempt(const Attempt&) = delete;
    Attempt& operator=(const Attempt&) = delete;

    // Once. Throws operation_aborted when the caller is cancelled; the transfer has then been stopped, as it is when
    // the Attempt is destroyed.
    Task<Ending> run(Deadline until);
    Response& response() { return answer_.response(); }  // complete if answered

private:
    struct FreeHandle {
        void operator()(CURL* handle) const;
    };
    struct FreeList {
        void operator()(curl_slist* list) const;
    };

    bool may_be_cut();
    bool only_the_connection_ends_it();
    static std::size_t on_line(char* data, std::size_t size, std::size_t count, void* self) noexcept;
    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept;
    static int on_sending(void* self, char*, char*, int, int) noexcept;
    static curl_socket_t on_socket(void*, curlsocktype, curl_sockaddr* address) noexcept;
    static CURLcode on_tls(CURL*, void* context, void* trust) noexcept;

    template <class Value>
    void set(CURLoption option, Value value);
    void set_request();
    void set_headers();
    void set_reading();
    void set_connection(const Means& means);

    void end(CURLcode code) override;
    void stop();
    Ending judge(CURLcode code);

    const Request& request_;
    Multi& multi_;
    boost::asio::steady_timer over_;  // cancelled at the end
    std::unique_ptr<CURL, FreeHandle> handle_;
    std::unique_ptr<curl_slist, FreeList> headers_;
    AnswerReader answer_;
    unsigned sendings_ = 0;  // how often libcurl began to send
    bool running_ = false;
    std::optional<CURLcode> code_;
};

}  // namespace safargo::net
