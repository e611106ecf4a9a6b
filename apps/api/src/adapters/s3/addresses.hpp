// Where buckets and objects are: by path on a server of one's own, by host name at AWS.
#pragma once

#include "adapters/s3/signature.hpp"

#include <string>
#include <string_view>

namespace safargo::s3 {

class Addresses {
public:
    // `endpoint`: "https://host:port" of another server; "" for AWS itself.
    Addresses(std::string_view region, std::string_view endpoint);

    Target bucket(std::string method, std::string_view bucket) const;
    Target object(std::string method, std::string_view bucket, std::string_view key) const;

private:
    // AWS's certificates cover one label before its own name, so a bucket with dots is addressed by path.
    bool by_path(std::string_view bucket) const { return own_server_ || bucket.contains('.'); }

    bool own_server_;
    std::string scheme_ = "https", host_;
};

// "https://sts.eu-west-3.amazonaws.com"
std::string sts_url(std::string_view region);

}  // namespace safargo::s3
