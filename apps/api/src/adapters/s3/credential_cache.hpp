// Shares credentials among the requests of one thread, and renews them before they expire.
#pragma once

#include "adapters/s3/credentials.hpp"
#include "core/clock.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <optional>

namespace safargo::s3 {

class CredentialCache {
public:
    struct Rules {
        // Their end, so that what is signed with them keeps its promise (UploadPermit::valid_for);
        std::chrono::seconds renewed_before{900};
        std::chrono::seconds spread{60};  // and up to this much earlier: threads and replicas take turns
        std::chrono::seconds between_attempts{5};
        // After a renewal that brought nothing better: a container's endpoint repeats its keys until it has others.
        std::chrono::seconds between_repetitions{60};
    };

    // `clock` outlives it.
    CredentialCache(boost::asio::any_io_executor executor, std::unique_ptr<CredentialsSource> source,
                    const Clock& clock, Rules rules);
    CredentialCache(boost::asio::any_io_executor executor, std::unique_ptr<CredentialsSource> source,
                    const Clock& clock)
        : CredentialCache(std::move(executor), std::move(source), clock, Rules{}) {}

    // At most one caller asks the source at a time; others wait for it only if they have nothing valid to use. A failed
    // renewal is logged, and the old ones serve until they expire. Throws DependencyUnavailable if there are none.
    Task<Credentials> get();

    // S3 has said that these have expired or been revoked: they are not used again, if others can be had.
    void reject(const Credentials& refused);

private:
    class Fetching;

    bool usable() const;
    bool due() const;
    Task<void> renew();
    bool near_their_end(Instant now) const;
    Instant::duration pause_after_success() const;
    Task<void> wait_for_the_fetch();

    std::unique_ptr<CredentialsSource> source_;
    const Clock& clock_;
    Rules rules_;
    std::chrono::seconds renewed_before_;  // with this cache's share of the spread
    std::optional<Credentials> current_;
    std::optional<Instant> asked_at_;
    Instant::duration pause_{};  // since then, before the source is asked again
    bool fetching_ = false;
    boost::asio::steady_timer fetched_;  // cancelled when a fetch ends
};

}  // namespace safargo::s3
