#include "app/object_stores.hpp"

#include "adapters/local_objects/routes.hpp"
#include "adapters/s3/credential_sources.hpp"

#include <chrono>
#include <utility>

namespace safargo::app {
namespace {

using namespace std::chrono_literals;

s3::CredentialsOptions credentials_options(const Config& config) {
    return {.access_key_id = config.aws_access_key_id,
            .secret_access_key = config.aws_secret_access_key,
            .session_token = config.aws_session_token,
            .web_identity_token_file = config.aws_web_identity_token_file,
            .role_arn = config.aws_role_arn,
            .sts_url = s3::sts_url(config.s3_region),
            .container_relative_uri = config.aws_container_credentials_relative_uri,
            .container_full_uri = config.aws_container_credentials_full_uri,
            .container_token = config.aws_container_authorization_token,
            .container_token_file = config.aws_container_authorization_token_file};
}

// AWS encrypts what it is asked to; another server may have no key for it, and is set up by its owner.
s3::StoreOptions store_options(const Config& config) {
    return {.region = config.s3_region,
            .endpoint = config.s3_endpoint,
            .buckets = {.uploads = config.s3_uploads_bucket,
                        .places = config.s3_places_bucket,
                        .backups = config.s3_backups_bucket,
                        .logs = config.s3_logs_bucket},
            .assets_url = config.assets_url,
            .encrypted = config.s3_endpoint.empty()};
}

// The buckets of the features.
Task<void> reach(s3::S3ObjectStore& store) {
    co_await store.reach(Bucket::uploads);
    co_await store.reach(Bucket::places);
}

}  // namespace

struct ObjectStores::S3 {
    S3(Shared& shared, const boost::asio::any_io_executor& executor)
        : client(executor, {.patience = 30s, .longest_pause = 4s, .ca_file = shared.config.ca_file}),
          credentials(executor, s3::choose_source(credentials_options(shared.config), client), shared.clock),
          store(client, credentials, shared.clock, shared.s3, store_options(shared.config)) {}

    net::Client client;
    s3::CredentialCache credentials;
    s3::S3ObjectStore store;
};

ObjectStores::ObjectStores(Shared& shared, boost::asio::any_io_executor executor) {
    const Config& config = shared.config;
    if (!config.s3_region.empty()) {
        s3_ = std::make_unique<S3>(shared, executor);
    } else if (config.development()) {
        local_ = std::make_unique<local_objects::LocalObjectStore>(config.objects_dir, shared.keys, config.public_url,
                                                                   shared.clock);
    }
}

ObjectStores::~ObjectStores() = default;

ObjectStore* ObjectStores::store() {
    if (s3_) return &s3_->store;
    return local_.get();
}

void ObjectStores::add_development_routes(http::Router& router) {
    if (local_) local_objects::add_routes(router, *local_);
}

platform::HealthCheck ObjectStores::health_check() const {
    return s3_ ? Reachability::check("s3", reachability_) : platform::disabled("s3");
}

std::vector<platform::Job> ObjectStores::jobs() {
    if (!s3_) return {};
    const auto ask = [this] { return reach(s3_->store); };
    return {{.name = "s3_watch", .every = 5s, .run = [this, ask](Instant) { return reachability_->look("s3", ask); }}};
}

}  // namespace safargo::app
