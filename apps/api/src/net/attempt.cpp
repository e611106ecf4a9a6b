#include "net/attempt.hpp"

#include "net/field_name.hpp"
#include "net/public_address.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <sys/socket.h>
#include <algorithm>
#include <new>
#include <stdexcept>
#include <string>

namespace safargo::net {

namespace asio = boost::asio;

namespace {

// "gzip, chunked"; any other last coding leaves the end to the connection.
bool last_is_chunked(std::string_view transfer_encoding) {
    const std::size_t comma = transfer_encoding.rfind(',');
    if (comma != std::string_view::npos) transfer_encoding.remove_prefix(comma + 1);
    transfer_encoding.remove_prefix(std::min(transfer_encoding.find_first_not_of(" \t"), transfer_encoding.size()));
    return same_field(transfer_encoding, "chunked");
}

}  // namespace

void Attempt::FreeHandle::operator()(CURL* handle) const {
    curl_easy_cleanup(handle);
}

void Attempt::FreeList::operator()(curl_slist* list) const {
    curl_slist_free_all(list);
}

Attempt::Attempt(const Means& means, const Request& request)
    : request_(request),
      multi_(*means.multi),
      over_(means.executor),
      handle_(curl_easy_init()),
      answer_(request.max_answer, request.method == "HEAD") {
    if (!handle_) throw std::bad_alloc();
    set_request();
    set_headers();
    set_reading();
    set_connection(means);
}

Attempt::~Attempt() {
    stop();
}

void Attempt::stop() {
    if (running_) multi_.remove(handle_.get());
    running_ = false;
}

template <class Value>
void Attempt::set(CURLoption option, Value value) {
    if (curl_easy_setopt(handle_.get(), option, value) != CURLE_OK) {
        throw std::runtime_error("libcurl refuses option " + std::to_string(option));
    }
}

void Attempt::set_request() {
    set(CURLOPT_URL, request_.url.c_str());
    set(CURLOPT_PATH_AS_IS, 1L);  // the path may be signed
    const bool writes = request_.method == "POST" || request_.method == "PUT" || request_.method == "PATCH";
    if (request_.method == "HEAD") {
        set(CURLOPT_NOBODY, 1L);  // and may announce a body of any length
    } else {
        set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request_.max_answer));  // refused before it is read
    }
    if (writes || !request_.body.empty()) {
        set(CURLOPT_POSTFIELDS, request_.body.data());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    }
    set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
}

void Attempt::set_headers() {
    const auto add = [this](const char* line) {
        curl_slist* const longer = curl_slist_append(headers_.get(), line);
        if (longer == nullptr) throw std::bad_alloc();
        [[maybe_unused]] const curl_slist* const part_of_it = headers_.release();
        headers_.reset(longer);
    };
    bool typed = false, picky = false;
    for (const auto& [name, value] : request_.headers) {
        typed = typed || same_field(name, "content-type");
        picky = picky || same_field(name, "accept-encoding");
        // "Name:" would remove a header, "Name;" sends it empty.
        std::string line = name;
        line.append(value.empty() ? ";" : ": ").append(value);
        add(line.c_str());
    }
    add("Expect:");  // else libcurl waits up to a second before it sends a large body
    if (!typed) add("Content-Type:");
    if (!picky) add("Accept-Encoding: gzip");
    set(CURLOPT_HTTPHEADER, headers_.get());
}

void Attempt::set_reading() {
    set(CURLOPT_HEADERFUNCTION, &Attempt::on_line);
    set(CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(CURLOPT_WRITEFUNCTION, &Attempt::on_body);
    set(CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(CURLOPT_PREREQFUNCTION, &Attempt::on_sending);
    set(CURLOPT_PREREQDATA, static_cast<void*>(this));
}

void Attempt::set_connection(const Means& means) {
    constexpr long idle_seconds = 50;  // below the 60 s after which load balancers close
    constexpr long oldest_seconds = 300;
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PROXY, "");  // not even from the environment
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    // A name that is still being looked up must not block the loop when its request is cancelled.
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(means.connect_timeout.count()));
    set(CURLOPT_MAXAGE_CONN, idle_seconds);
    set(CURLOPT_MAXLIFETIME_CONN, oldest_seconds);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_OPENSOCKETFUNCTION, &Attempt::on_socket);
    set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_CAINFO, static_cast<char*>(nullptr));  // ours take their place
    set(CURLOPT_CAPATH, static_cast<char*>(nullptr));
    set(CURLOPT_SSL_CTX_FUNCTION, &Attempt::on_tls);
    set(CURLOPT_SSL_CTX_DATA, static_cast<void*>(const_cast<TrustStore*>(means.trust)));
}

// libcurl's own sockets would be inherited by the programs that we start.
curl_socket_t Attempt::on_socket(void* self, curlsocktype, curl_sockaddr* address) noexcept {
    const bool any = !static_cast<Attempt*>(self)->request_.public_only;
    if (!any && !is_public(address->addr)) return CURL_SOCKET_BAD;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

CURLcode Attempt::on_tls(CURL*, void* context, void* trust) noexcept {
    static_cast<const TrustStore*>(trust)->rule(static_cast<ssl_ctx_st*>(context));
    return CURLE_OK;
}

std::size_t Attempt::on_line(char* data, std::size_t size, std::size_t count, void* self) noexcept {
    return static_cast<Attempt*>(self)->answer_.take_line({data, size * count}) ? size * count : 0;
}

std::size_t Attempt::on_body(char* data, std::size_t size, std::size_t count, void* self) noexcept {
    return static_cast<Attempt*>(self)->answer_.take_body({data, size * count}) ? size * count : 0;
}

// libcurl calls this whenever it has a connection and is about to send. It does so by itself a second time if a reused
// connection ends before the first byte of an answer, whatever the method: by then the server may have acted.
int Attempt::on_sending(void* self, char*, char*, int, int) noexcept {
    auto& attempt = *static_cast<Attempt*>(self);
    ++attempt.sendings_;
    return attempt.sendings_ == 1 || attempt.request_.repeatable ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

void Attempt::end(CURLcode code) {
    running_ = false;
    code_ = code;
    over_.cancel();
}

Task<Ending> Attempt::run(Deadline until) {
    multi_.add(handle_.get(), *this);
    running_ = true;
    over_.expires_at(until);
    const auto [cancelled] = co_await over_.async_wait(asio::as_tuple(asio::use_awaitable));
    if (code_) co_return judge(*code_);
    stop();
    if (cancelled) throw boost::system::system_error(cancelled);
    co_return Ending::late;
}

Ending Attempt::judge(CURLcode code) {
    switch (answer_.fault()) {
        case AnswerReader::Fault::too_large:
            return Ending::too_large;
        case AnswerReader::Fault::unreadable:
            return Ending::unreadable;
        case AnswerReader::Fault::broken:
            return Ending::interrupted;
        case AnswerReader::Fault::none:
            break;
    }
    if (code == CURLE_FILESIZE_EXCEEDED) return Ending::too_large;
    if (sendings_ == 0) {
        return code == CURLE_PEER_FAILED_VERIFICATION ? Ending::untrusted : Ending::unreachable;
    }
    long status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK || status < 200 || !answer_.is_whole() || may_be_cut()) return Ending::interrupted;
    answer_.response().status = static_cast<int>(status);
    return Ending::answered;
}

// Where only the end of the connection ends a body, libcurl (7.88) does not ask whether TLS said goodbye: whoever cuts
// the connection could shorten the answer.
bool Attempt::may_be_cut() {
    const char* scheme = nullptr;
    long version = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_SCHEME, &scheme);
    curl_easy_getinfo(handle_.get(), CURLINFO_HTTP_VERSION, &version);
    const bool sealed = scheme == nullptr || std::string_view(scheme) != "HTTPS" || version > CURL_HTTP_VERSION_1_1;
    return !sealed && only_the_connection_ends_it();
}

// Nothing at all may be what was left of a body.
bool Attempt::only_the_connection_ends_it() {
    long status = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    if (request_.method == "HEAD" || status == 204 || status == 304) return false;
    const Response& response = answer_.response();
    return response.header("content-length").empty() && !last_is_chunked(response.header("transfer-encoding"));
}

}  // namespace safargo::net
