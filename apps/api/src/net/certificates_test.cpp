#include "net/certificates_test.hpp"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <unistd.h>
#include <cstdio>
#include <stdexcept>

namespace safargo::net {
namespace {

void extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    if (extension == nullptr) throw std::logic_error("a wrong extension: " + value);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

// Unsigned, with a new key.
Identity draft(const char* name, long begins_in, long ends_in) {
    static long serial = 0;
    Identity made{Key(EVP_EC_gen("P-256")), Certificate(X509_new())};
    X509* const certificate = made.certificate.get();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), begins_in);
    X509_gmtime_adj(X509_getm_notAfter(certificate), ends_in);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
    X509_set_pubkey(certificate, made.key.get());
    return made;
}

void sign(const Identity& made, const Identity& issuer) {
    X509_set_issuer_name(made.certificate.get(), X509_get_subject_name(issuer.certificate.get()));
    if (X509_sign(made.certificate.get(), issuer.key.get(), EVP_sha256()) == 0) throw std::logic_error("not signed");
}

}  // namespace

Authority::Authority(const std::string& name) : own_(draft(name.c_str(), -3'600, 3'600)) {
    extend(own_.certificate.get(), own_.certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    extend(own_.certificate.get(), own_.certificate.get(), NID_key_usage, "critical,keyCertSign");
    sign(own_, own_);
    char path[] = "/tmp/safargo-authority-XXXXXX";
    const int descriptor = ::mkstemp(path);
    std::FILE* const out = descriptor < 0 ? nullptr : ::fdopen(descriptor, "w");
    if (out == nullptr) throw std::runtime_error("no temporary file");
    PEM_write_X509(out, own_.certificate.get());
    std::fclose(out);
    file_ = path;
}

Authority::~Authority() {
    ::unlink(file_.c_str());
}

Identity Authority::issue(const Flaws& flaws) const {
    Identity made = draft("SafarGo test server", flaws.begins_in, flaws.ends_in);
    extend(made.certificate.get(), own_.certificate.get(), NID_subject_alt_name, flaws.alternative_name);
    sign(made, flaws.self_signed ? made : own_);
    return made;
}

}  // namespace safargo::net
