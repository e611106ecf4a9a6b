// One thread's connections to external systems: the real one if configured, otherwise its stand-in in development,
// otherwise none.
#pragma once

#include "adapters/local/rate_limiter.hpp"
#include "adapters/opensearch/place_index.hpp"
#include "adapters/pictures/picture_program.hpp"
#include "adapters/redis/stores.hpp"
#include "adapters/sandbox/sandbox_provider.hpp"
#include "app/message_vendors.hpp"
#include "app/object_stores.hpp"
#include "app/payment_vendors.hpp"
#include "app/shared.hpp"
#include "platform/module.hpp"
#include "ports/place_search.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>

namespace safargo::app {

class Adapters final : public platform::Module {
public:
    // `vendor_database`: the sandbox's own connections, which stand for the network to a vendor.
    Adapters(Shared& shared, boost::asio::any_io_executor executor, db::Database& database,
             db::Database& vendor_database);

    void add_development_routes(http::Router& router) override;
    std::vector<platform::HealthCheck> health_checks() override;
    std::vector<platform::Job> jobs() override;

    RateLimiter& limiter();
    Cache* cache();  // null: replicas share none
    Messengers messengers() { return messages_.messengers(); }
    std::string push_key() const { return messages_.push_key(); }
    DeliveryReporters delivery_reporters() const { return messages_.reporters(); }
    PaymentProvider* sandbox();
    PaymentProvider* stripe() { return payments_.stripe(); }  // null: not configured
    const PaymentNotices* stripe_notices() const { return payments_.stripe_notices(); }
    PictureProcessor& pictures() { return pictures_; }
    ObjectStore* objects() { return objects_.store(); }
    PlaceIndex* place_index();  // null: PostgreSQL searches

private:
    bool development() const { return shared_.config.development(); }

    Shared& shared_;
    db::Database& database_;
    local::InProcessRateLimiter limiter_;
    pictures::PictureProgram pictures_;
    std::unique_ptr<redis::Stores> redis_;  // null: not configured
    MessageVendors messages_;
    sandbox::SandboxProvider sandbox_;
    PaymentVendors payments_;
    ObjectStores objects_;
    std::unique_ptr<opensearch::OpenSearchPlaces> opensearch_;  // null: not configured
};

}  // namespace safargo::app
