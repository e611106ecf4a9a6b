// The certification authorities that outbound TLS trusts: the system's, and those of one file.
#pragma once

#include <memory>
#include <string>

struct ssl_ctx_st;
struct x509_store_st;

namespace safargo::net {

class TrustStore {
public:
    // Read once per process, since the system's are many; from any thread. Throws what the constructor does.
    static std::shared_ptr<const TrustStore> of(const std::string& ca_file);

    // The system's are where OpenSSL looks for them (SSL_CERT_DIR and SSL_CERT_FILE move that). `ca_file` is PEM, ""
    // for none. Throws std::invalid_argument if it cannot be read or holds no certificate.
    explicit TrustStore(const std::string& ca_file);

    // Decides in this context, and does not take a connection that was cut for the end of an answer, as libcurl does.
    void rule(ssl_ctx_st* context) const;

private:
    struct Free {
        void operator()(x509_store_st* store) const;
    };
    std::unique_ptr<x509_store_st, Free> store_;
};

}  // namespace safargo::net
