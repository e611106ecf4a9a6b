#include "db/connect_parameters.hpp"

#include "core/failures.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <libpq-fe.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace safargo::db {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

const std::string* find(const ConnectParameters& parameters, std::string_view keyword) {
    const auto found = std::ranges::find(parameters, keyword, [](const auto& pair) { return pair.first; });
    return found == parameters.end() ? nullptr : &found->second;
}

void set(ConnectParameters& parameters, std::string_view keyword, std::string value) {
    std::erase_if(parameters, [keyword](const auto& pair) { return pair.first == keyword; });
    parameters.emplace_back(keyword, std::move(value));
}

void set_default(ConnectParameters& parameters, std::string_view keyword, std::string value) {
    if (find(parameters, keyword) == nullptr) parameters.emplace_back(keyword, std::move(value));
}

ConnectParameters parse(const std::string& url) {
    char* complaint = nullptr;  // quotes the URL, so it must not be shown
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(PQconninfoParse(url.c_str(), &complaint),
                                                                               &PQconninfoFree);
    PQfreemem(complaint);
    if (!options) throw std::invalid_argument("the database URL cannot be read");
    ConnectParameters parameters;
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
        if (option->val != nullptr) parameters.emplace_back(option->keyword, option->val);
    }
    return parameters;
}

// Makes the server end abandoned work by itself: long statements, idle transactions, lost clients.
std::string session_options(const ConnectSettings& settings) {
    const auto statement = settings.statement_timeout.count();
    return fmt::format(
        "-c statement_timeout={} -c idle_in_transaction_session_timeout={} -c client_connection_check_interval=1000 "
        "-c TimeZone=UTC",
        statement, 2 * statement);
}

bool is_name_to_look_up(const ConnectParameters& parameters) {
    const std::string* host = find(parameters, "host");
    if (host == nullptr || host->empty() || find(parameters, "hostaddr") != nullptr) return false;
    if (host->front() == '/' || host->front() == '@' || host->find(',') != host->npos) return false;
    error_code not_an_address;
    asio::ip::make_address(*host, not_an_address);
    return bool{not_an_address};
}

// Shared with the resolver thread, which cannot be stopped: after the deadline it finishes on its own.
struct Lookup {
    explicit Lookup(const asio::any_io_executor& executor) : resolver(executor), done(executor) {}
    tcp::resolver resolver;
    asio::steady_timer done;
    bool finished = false;
    error_code failed;
    std::vector<std::string> addresses;
};

void start(const std::shared_ptr<Lookup>& lookup, const std::string& host) {
    lookup->resolver.async_resolve(host, "", tcp::resolver::flags(),
                                   [lookup](const error_code& failed, const tcp::resolver::results_type& found) {
                                       lookup->finished = true;
                                       lookup->failed = failed;
                                       for (const auto& entry : found)
                                           lookup->addresses.push_back(entry.endpoint().address().to_string());
                                       lookup->done.cancel();
                                   });
}

}  // namespace

ConnectParameters connect_parameters(const ConnectSettings& settings) {
    ConnectParameters parameters = parse(settings.url);
    std::string options = session_options(settings);
    if (const std::string* own = find(parameters, "options")) options += " " + *own;
    set(parameters, "options", std::move(options));
    set(parameters, "client_encoding", "UTF8");
    set_default(parameters, "application_name", settings.application_name);
    set_default(parameters, "gssencmode", "disable");  // would contact Kerberos synchronously
    set_default(parameters, "keepalives_idle", "30");
    set_default(parameters, "keepalives_interval", "5");
    set_default(parameters, "keepalives_count", "3");
    set_default(parameters, "tcp_user_timeout", std::to_string(settings.statement_timeout.count() + 1'000));
    return parameters;
}

Task<ConnectParameters> with_addresses(asio::any_io_executor executor, ConnectParameters parameters,
                                       std::chrono::steady_clock::time_point deadline) {
    if (!is_name_to_look_up(parameters)) co_return parameters;
    const std::string host = *find(parameters, "host");
    const auto lookup = std::make_shared<Lookup>(executor);
    lookup->done.expires_at(deadline);
    start(lookup, host);
    const auto [cancelled] = co_await lookup->done.async_wait(asio::as_tuple(asio::use_awaitable));
    if (!lookup->finished && cancelled) throw boost::system::system_error(cancelled);
    if (!lookup->finished) throw DependencyUnavailable("database", "its host name was not resolved in time");
    if (lookup->failed || lookup->addresses.empty())
        throw DependencyUnavailable("database", "its host name is unknown");
    set(parameters, "hostaddr", fmt::format("{}", fmt::join(lookup->addresses, ",")));
    set(parameters, "host",
        fmt::format("{}", fmt::join(std::vector<std::string>(lookup->addresses.size(), host), ",")));
    co_return parameters;
}

}  // namespace safargo::db
