#include "adapters/s3/credential_cache.hpp"

#include "core/crypto.hpp"
#include "core/failures.hpp"
#include "core/logging.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace safargo::s3 {
namespace {

std::chrono::seconds share_of(std::chrono::seconds spread) {
    return std::chrono::seconds{crypto::random_below(static_cast<std::uint32_t>(spread.count()) + 1)};
}

void log_failure(const std::exception& failure) {
    log::warning("s3_credentials_not_renewed", {{"what", std::string_view(failure.what())}});
}

}  // namespace

// However a fetch ends, those who wait for it must learn of it.
class CredentialCache::Fetching {
public:
    explicit Fetching(CredentialCache& cache) : cache_(cache) { cache_.fetching_ = true; }
    ~Fetching() {
        cache_.fetching_ = false;
        cache_.fetched_.cancel();
    }
    Fetching(const Fetching&) = delete;
    Fetching& operator=(const Fetching&) = delete;

private:
    CredentialCache& cache_;
};

CredentialCache::CredentialCache(boost::asio::any_io_executor executor, std::unique_ptr<CredentialsSource> source,
                                 const Clock& clock, Rules rules)
    : source_(std::move(source)),
      clock_(clock),
      rules_(rules),
      renewed_before_(rules.renewed_before + share_of(rules.spread)),
      fetched_(executor) {}

bool CredentialCache::usable() const {
    return current_ && (!current_->expires_at || clock_.now() < *current_->expires_at);
}

bool CredentialCache::due() const {
    const Instant now = clock_.now();
    if (next_attempt_ && now < *next_attempt_) return false;
    return !current_ || (current_->expires_at && now >= *current_->expires_at - renewed_before_);
}

Task<Credentials> CredentialCache::get() {
    while (fetching_ && !usable()) co_await wait_for_the_fetch();
    if (!fetching_ && due()) co_await renew();
    if (!usable()) throw DependencyUnavailable("s3", "no valid credentials");
    co_return *current_;
}

void CredentialCache::reject(const Credentials& refused) {
    if (current_ && current_->expires_at && current_->session_token == refused.session_token) current_.reset();
}

Task<void> CredentialCache::renew() {
    const Fetching fetching(*this);
    try {
        current_ = co_await source_->fetch();
    } catch (const DependencyUnavailable& failure) {
        log_failure(failure);
    } catch (const DeadlineExceeded& failure) {
        log_failure(failure);
    }
    next_attempt_ = clock_.now() + rules_.between_attempts;
}

Task<void> CredentialCache::wait_for_the_fetch() {
    fetched_.expires_at(boost::asio::steady_timer::time_point::max());
    co_await fetched_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
}

}  // namespace safargo::s3
