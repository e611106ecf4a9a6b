// All configuration, read once at start. The sources, defaults and rules of each value: variables.cpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo {

enum class Environment { development, production };

struct Config {
    Environment environment = Environment::production;

    std::string database_url;          // secret
    std::string database_direct_url;   // secret; for LISTEN, migrations, advisory locks behind a transaction pooler
    std::string jwt_secret;            // secret, >= 32 bytes
    std::string jwt_secret_previous;   // secret, "" if none; still accepted
    std::string boarding_signing_key;  // secret, 32 bytes in hexadecimal; "" derives it from jwt_secret
    std::string metrics_token;         // secret, >= 16 bytes; "" serves /metrics to loopback only

    std::string bind;
    std::uint16_t port = 3000;
    unsigned threads = 1;
    // Shared by all HTTP threads, each of which has at least 2. For all connections of the process:
    // docs/configuration.md.
    unsigned db_pool_size = 10;

    std::string public_url;  // "" if not set, as web_url; development has defaults
    std::string web_url;
    std::vector<std::string> cors_origins;
    std::vector<std::string> trusted_proxies;

    unsigned connections_per_client = 200;
    unsigned rate_limit_ip = 600;    // requests per minute
    unsigned rate_limit_user = 300;  // requests per minute
    unsigned otp_ip_limit = 30;      // code requests per 5 minutes

    bool kyc_required = true;
    std::optional<std::chrono::seconds> trip_start_window;  // before departure; empty: no limit
    std::chrono::seconds settlement_delay{};
    std::chrono::seconds contest_window{};  // after a no-show report: the reported person may object
    std::chrono::seconds dispute_window{};  // after a completed ride: either side may open a dispute
    unsigned trips_per_day = 4;
    std::optional<unsigned> publications_per_day;  // cancelled ones included; empty: no limit
    std::optional<unsigned> otp_daily_limit;       // codes per identifier; empty: no limit
    std::chrono::seconds drain_delay{};

    // The systems of the guide; "" replaces one by its embedded stand-in.
    std::string redis_url;       // secret; nodes of one cluster
    unsigned api_replicas = 1;   // share the limits among them while Redis is unavailable
    std::string opensearch_url;  // secret
    std::string s3_region;
    std::string s3_endpoint;  // "" for AWS itself
    std::string s3_uploads_bucket, s3_places_bucket, s3_backups_bucket, s3_logs_bucket;
    std::string assets_url;             // origin of public objects; "" for the store's own
    std::string aws_access_key_id;      // static credentials; "" asks the container or the web identity
    std::string aws_secret_access_key;  // secret
    std::string aws_session_token;      // secret
    std::string aws_container_credentials_relative_uri;
    std::string aws_container_credentials_full_uri;
    std::string aws_container_authorization_token;  // secret
    std::string aws_container_authorization_token_file;
    std::string aws_web_identity_token_file;
    std::string aws_role_arn;
    std::string twilio_account_sid;  // "" switches SMS off, or to the dev outbox in development
    std::string twilio_auth_token;   // secret
    std::string twilio_from;         // a number, a sender name or a messaging service
    std::string twilio_api_base = "https://api.twilio.com";
    std::string sendgrid_api_key;  // secret; "" switches mail off, or to the dev outbox in development
    std::string sendgrid_from;
    std::string sendgrid_webhook_key;  // public, base64; "" takes no reports
    std::string sendgrid_api_base = "https://api.sendgrid.com";
    std::string vapid_private_key;  // secret, base64url; "" switches web push off
    std::string vapid_contact;
    std::string ca_file;                           // PEM, trusted in addition by outbound TLS
    std::string objects_dir = ".safargo/objects";  // replaces S3 in development

    std::string stripe_secret_key;      // secret; "" switches cards off
    std::string stripe_webhook_secret;  // secret; set if stripe_secret_key is
    std::string stripe_api_base = "https://api.stripe.com";

    std::string data_dir;  // wilayas, communes, places, roads
    std::string log_level;

    std::vector<std::string> incomplete_groups;  // "stripe is switched off without STRIPE_SECRET_KEY"; never values

    bool development() const { return environment == Environment::development; }
};

using Lookup = std::function<std::optional<std::string>(std::string_view name)>;

// On failure lists every wrong or missing name with its reason, never a value.
std::expected<Config, std::vector<std::string>> read_config(const Lookup& lookup);

Lookup process_environment();

}  // namespace safargo
