#include "net/trust_store.hpp"

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <stdexcept>

namespace safargo::net {

void TrustStore::Free::operator()(x509_store_st* store) const {
    X509_STORE_free(store);
}

TrustStore::TrustStore(const std::string& ca_file) : store_(X509_STORE_new()) {
    // Reads no certificate yet: those of a folder are found by their hash when a chain needs them.
    if (!store_ || X509_STORE_set_default_paths(store_.get()) != 1) {
        throw std::runtime_error("OpenSSL makes no store of certificates");
    }
    // An intermediate authority in the file is trusted without its root.
    X509_STORE_set_flags(store_.get(), X509_V_FLAG_PARTIAL_CHAIN);
    if (!ca_file.empty() && X509_STORE_load_file(store_.get(), ca_file.c_str()) != 1) {
        throw std::invalid_argument("no certificate could be read from " + ca_file);
    }
}

void TrustStore::give_to(ssl_ctx_st* context) const {
    SSL_CTX_set1_cert_store(context, store_.get());
}

}  // namespace safargo::net
