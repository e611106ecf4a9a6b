// One thread's object store: S3 if configured, otherwise a folder in development, otherwise none.
#pragma once

#include "adapters/local_objects/object_store.hpp"
#include "adapters/s3/credential_cache.hpp"
#include "adapters/s3/object_store.hpp"
#include "app/reachability.hpp"
#include "app/shared.hpp"
#include "http/router.hpp"
#include "net/client.hpp"
#include "platform/job.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <memory>
#include <vector>

namespace safargo::app {

class ObjectStores {
public:
    // Throws std::invalid_argument for an address that must not be asked for credentials.
    ObjectStores(Shared& shared, boost::asio::any_io_executor executor);
    ~ObjectStores();

    ObjectStore* store();  // null: pictures and documents are switched off
    void add_development_routes(http::Router& router);

    platform::HealthCheck health_check() const;  // "s3"
    std::vector<platform::Job> jobs();           // keeps the check up to date

private:
    struct S3;  // with its own client, since parts of a large object take longer than other requests

    std::unique_ptr<S3> s3_;
    std::unique_ptr<local_objects::LocalObjectStore> local_;
    std::shared_ptr<Reachability> reachability_ = std::make_shared<Reachability>();
};

}  // namespace safargo::app
