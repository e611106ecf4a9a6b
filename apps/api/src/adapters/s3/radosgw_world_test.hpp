// For tests on a real S3 server: stores with its keys.
#pragma once

#include "adapters/s3/credential_cache.hpp"
#include "adapters/s3/credential_sources.hpp"
#include "adapters/s3/object_store.hpp"
#include "core/clock.hpp"
#include "net/client.hpp"
#include "testing/run_task.hpp"
#include "testing/s3_server.hpp"

#include <chrono>
#include <string>

namespace safargo::s3 {

inline CredentialsOptions keys_of(const testing::S3Server& server) {
    return {.access_key_id = server.access_key_id, .secret_access_key = server.secret_access_key};
}

inline StoreOptions options_of(const testing::S3Server& server) {
    return {.region = server.region, .endpoint = server.endpoint, .encrypted = false};
}

// A store with everything it stands on.
struct RadosgwStore {
    explicit RadosgwStore(const StoreOptions& options, const CredentialsOptions& keys,
                          std::chrono::milliseconds patience = std::chrono::seconds{30})
        : client(testing::shared_context()->get_executor(), {.patience = patience}),
          credentials(testing::shared_context()->get_executor(), choose_source(keys, client), clock),
          calls(client, credentials, clock, presence, options.region),
          store(client, credentials, clock, presence, options) {}

    SystemClock clock;
    net::Client client;
    CredentialCache credentials;
    Presence presence;
    Calls calls;  // for questions that the port does not ask
    S3ObjectStore store;
};

// A gateway that takes temporary keys, and some of the server's user, as a role has them.
struct TemporaryKeys {
    TemporaryKeys();
    StoreOptions options() const;

    testing::S3Gateway gateway;
    CredentialsOptions keys;
};

}  // namespace safargo::s3
