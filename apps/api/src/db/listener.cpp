#include "db/listener.hpp"

#include "core/current_failure.hpp"
#include "core/logging.hpp"
#include "db/connection.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <stdexcept>

namespace safargo::db {

namespace asio = boost::asio;

// Shared with next(), which may still be running when the Listener is destroyed.
class Listener::Channel {
public:
    Channel(const asio::any_io_executor& executor, ListenerOptions options)
        : executor_(executor), options_(std::move(options)), pause_(executor) {}

    static Task<std::string> next(std::shared_ptr<Channel> self) {
        for (;;) {
            self->check_open();
            if (!self->connection_) {
                if (co_await self->connect()) co_return std::string{};
                co_await self->rest();
            } else if (auto payload = co_await self->receive()) {
                co_return std::move(*payload);
            }
        }
    }

    void close() {
        closed_ = true;
        pause_.cancel();
        if (connection_) connection_->interrupt();
    }

private:
    void check_open() const {
        if (closed_) throw boost::system::system_error(asio::error::operation_aborted);
    }

    // Call inside catch (...): only close or cancellation ends the wait.
    void rethrow_if_ended() const {
        check_open();
        try {
            throw;
        } catch (const boost::system::system_error& failure) {
            if (failure.code() == asio::error::operation_aborted) throw;
        } catch (...) {
        }
    }

    Task<bool> connect() {
        const ConnectSettings settings{options_.url, options_.application_name, options_.connect_timeout,
                                       options_.connect_timeout};
        auto connection = std::make_unique<Connection>(executor_, settings);
        const std::string sql = "listen " + options_.channel;
        const Bound listen{.statement = {"listen", sql}, .parameters = {}, .once = true};
        try {
            co_await connection->open(std::chrono::steady_clock::now() + options_.connect_timeout);
            const Reply reply = co_await connection->exchange("", {&listen, 1});
            if (reply.failure) throw DatabaseError(reply.failure->sqlstate, "", "listen", reply.failure->hint);
        } catch (...) {
            rethrow_if_ended();
            log::warning("listener_cannot_connect", {{"error", std::string_view(describe_current_failure())}});
            co_return false;
        }
        check_open();
        connection_ = std::move(connection);
        co_return true;
    }

    // Nothing if the connection was lost.
    Task<std::optional<std::string>> receive() {
        try {
            co_return co_await connection_->notification();
        } catch (...) {
            rethrow_if_ended();
            log::warning("listener_lost", {{"error", std::string_view(describe_current_failure())}});
        }
        connection_.reset();
        co_return std::nullopt;
    }

    Task<void> rest() {
        pause_.expires_after(options_.retry_delay);
        co_await pause_.async_wait(asio::use_awaitable);
    }

    asio::any_io_executor executor_;
    ListenerOptions options_;
    asio::steady_timer pause_;
    std::unique_ptr<Connection> connection_;
    bool closed_ = false;
};

Listener::Listener(asio::any_io_executor executor, ListenerOptions options) {
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9'); };
    if (options.channel.empty() || !std::ranges::all_of(options.channel, is_plain)) {
        throw std::invalid_argument("a channel name must be a plain identifier");
    }
    channel_ = std::make_shared<Channel>(executor, std::move(options));
}

Listener::~Listener() {
    close();
}

Task<std::string> Listener::next() {
    return Channel::next(channel_);
}

void Listener::close() {
    channel_->close();
}

}  // namespace safargo::db
