#include "adapters/s3/credential_cache.hpp"

#include "core/crypto.hpp"
#include "core/failures.hpp"
#include "core/logging.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace safargo::s3 {
namespace {

std::chrono::seconds share_of(std::chrono::seconds spread) {
    return std::chrono::seconds{crypto::random_below(static_cast<std::uint32_t>(spread.count()) + 1)};
}

bool has_ended(const Credentials& credentials, Instant now) {
    return credentials.expires_at && now >= *credentials.expires_at;
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
    return current_ && !has_ended(*current_, clock_.now());
}

bool CredentialCache::due() const {
    const Instant now = clock_.now();
    return (!asked_at_ || now >= *asked_at_ + pause_) && near_their_end(now);
}

bool CredentialCache::near_their_end(Instant now) const {
    return !current_ || (current_->expires_at && now >= *current_->expires_at - renewed_before_);
}

// Those that end soon are not asked for at each request, but in time before they end.
Instant::duration CredentialCache::pause_after_success() const {
    const Instant now = clock_.now();
    if (!usable() || !near_their_end(now)) return rules_.between_attempts;
    const Instant::duration half_of_their_life = (*current_->expires_at - now) / 2;
    return std::clamp<Instant::duration>(half_of_their_life, rules_.between_attempts,
                                         std::max(rules_.between_attempts, rules_.between_repetitions));
}

Task<Credentials> CredentialCache::get() {
    while (fetching_ && !usable()) co_await wait_for_the_fetch();
    if (!fetching_ && due()) co_await renew();
    if (!usable()) throw DependencyUnavailable("s3", "no valid credentials");
    co_return *current_;
}

void CredentialCache::reject(const Credentials& refused) {
    if (!current_ || !current_->expires_at || current_->session_token != refused.session_token) return;
    current_.reset();
    pause_ = rules_.between_attempts;
}

Task<void> CredentialCache::renew() {
    const Fetching fetching(*this);
    Instant::duration pause = rules_.between_attempts;
    try {
        Credentials fetched = co_await source_->fetch();
        if (has_ended(fetched, clock_.now())) throw DependencyUnavailable("s3", "the credentials have ended already");
        current_ = std::move(fetched);
        pause = pause_after_success();
    } catch (const DependencyUnavailable& failure) {
        log_failure(failure);
    } catch (const DeadlineExceeded& failure) {
        log_failure(failure);
    }
    asked_at_ = clock_.now();
    pause_ = pause;
}

Task<void> CredentialCache::wait_for_the_fetch() {
    fetched_.expires_at(boost::asio::steady_timer::time_point::max());
    co_await fetched_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
}

}  // namespace safargo::s3
