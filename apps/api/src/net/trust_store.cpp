#include "net/trust_store.hpp"

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <map>
#include <mutex>
#include <stdexcept>

namespace safargo::net {

void TrustStore::Free::operator()(x509_store_st* store) const {
    X509_STORE_free(store);
}

std::shared_ptr<const TrustStore> TrustStore::of(const std::string& ca_file) {
    static std::mutex guard;
    static std::map<std::string, std::shared_ptr<const TrustStore>> read;  // a few, as configured
    const std::lock_guard lock(guard);
    std::shared_ptr<const TrustStore>& store = read[ca_file];
    if (!store) store = std::make_shared<const TrustStore>(ca_file);
    return store;
}

TrustStore::TrustStore(const std::string& ca_file) : store_(X509_STORE_new()) {
    if (!store_ || X509_STORE_set_default_paths(store_.get()) != 1) {
        throw std::runtime_error("OpenSSL makes no store of certificates");
    }
    // An intermediate authority in the file is trusted without its root.
    X509_STORE_set_flags(store_.get(), X509_V_FLAG_PARTIAL_CHAIN);
    if (!ca_file.empty() && X509_STORE_load_file(store_.get(), ca_file.c_str()) != 1) {
        throw std::invalid_argument("no certificate could be read from " + ca_file);
    }
}

void TrustStore::rule(ssl_ctx_st* context) const {
    SSL_CTX_set1_cert_store(context, store_.get());
    SSL_CTX_clear_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
}

}  // namespace safargo::net
