// Throw-away certificates for tests.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace safargo::net {

struct FreeOpenssl {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeOpenssl>;
using Certificate = std::unique_ptr<X509, FreeOpenssl>;

struct Identity {
    Key key;
    Certificate certificate;
};

// What is wrong with a certificate.
struct Flaws {
    std::string alternative_name = "IP:127.0.0.1,DNS:localhost";
    long begins_in = -3'600;  // seconds from now
    long ends_in = 3'600;
    bool self_signed = false;
};

// An authority, and its certificate as a file for ClientOptions::ca_file.
class Authority {
public:
    explicit Authority(const std::string& name = "SafarGo test authority");
    ~Authority();
    Authority(const Authority&) = delete;
    Authority& operator=(const Authority&) = delete;

    Identity issue(const Flaws& flaws = {}) const;
    const std::string& file() const { return file_; }

private:
    Identity own_;
    std::string file_;
};

}  // namespace safargo::net
