#include "core/p256.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>

#include <array>
#include <stdexcept>

namespace safargo::crypto {
namespace {

template <auto Function>
struct Freed {
    template <class T>
    void operator()(T* object) const {
        Function(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Freed<BN_clear_free>>;
using Group = std::unique_ptr<EC_GROUP, Freed<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Freed<EC_POINT_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, Freed<EVP_CIPHER_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;

constexpr std::size_t point_size = 65, number_size = 32, tag_size = 16;

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

// TLS on this thread takes what is left in OpenSSL's queue for its own.
void must(bool good) {
    if (good) return;
    ERR_clear_error();
    throw std::runtime_error("OpenSSL refuses to work on P-256");
}

Key key_from(std::string_view point, const BIGNUM* number) {
    const Builder builder(OSSL_PARAM_BLD_new());
    must(builder && OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1 &&
         OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1);
    if (number != nullptr) must(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number) == 1);
    const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const Context context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    must(parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1);
    EVP_PKEY* made = nullptr;
    const int selection = number != nullptr ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY;
    const bool good = EVP_PKEY_fromdata(context.get(), &made, selection, parameters.get()) == 1;
    ERR_clear_error();
    return Key(good ? made : nullptr);
}

// Null for what is no point of the curve.
Key public_key_from(std::string_view point) {
    if (point.size() != point_size || point[0] != 4) return nullptr;
    return key_from(point, nullptr);
}

std::string point_of(const EC_GROUP* group, const BIGNUM* number) {
    const Point point(EC_POINT_new(group));
    std::string out(point_size, '\0');
    must(point && EC_POINT_mul(group, point.get(), number, nullptr, nullptr, nullptr) == 1 &&
         EC_POINT_point2oct(group, point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes(out), out.size(), nullptr) ==
             point_size);
    return out;
}

}  // namespace

void P256PrivateKey::Free::operator()(evp_pkey_st* key) const {
    EVP_PKEY_free(key);
}

P256PrivateKey::P256PrivateKey(Handle key) : key_(std::move(key)) {}

P256PrivateKey P256PrivateKey::generate() {
    EVP_PKEY* made = EVP_EC_gen("prime256v1");
    must(made != nullptr);
    return P256PrivateKey(Handle(made));
}

P256PrivateKey::P256PrivateKey(std::string_view number) {
    const Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    const Number value(BN_bin2bn(bytes(number), static_cast<int>(number.size()), nullptr));
    must(group && value);
    const bool in_range = number.size() == number_size && BN_is_zero(value.get()) == 0 &&
                          BN_cmp(value.get(), EC_GROUP_get0_order(group.get())) < 0;
    if (!in_range) throw std::invalid_argument("not a private key on the curve P-256");
    key_.reset(key_from(point_of(group.get(), value.get()), value.get()).release());
    must(key_ != nullptr);
}

std::string P256PrivateKey::public_point() const {
    std::string point(point_size, '\0');
    std::size_t size = 0;
    must(EVP_PKEY_get_octet_string_param(key_.get(), OSSL_PKEY_PARAM_PUB_KEY, bytes(point), point.size(), &size) == 1 &&
         size == point_size);
    return point;
}

std::optional<std::string> P256PrivateKey::agree(std::string_view point) const {
    const Key other = public_key_from(point);
    if (!other) return std::nullopt;
    const Context context(EVP_PKEY_CTX_new(key_.get(), nullptr));
    std::string secret(number_size, '\0');
    std::size_t size = secret.size();
    must(context && EVP_PKEY_derive_init(context.get()) == 1 &&
         EVP_PKEY_derive_set_peer(context.get(), other.get()) == 1 &&
         EVP_PKEY_derive(context.get(), bytes(secret), &size) == 1 && size == number_size);
    return secret;
}

std::string P256PrivateKey::sign(std::string_view data) const {
    const Digest context(EVP_MD_CTX_new());
    std::array<unsigned char, 80> der{};
    std::size_t size = der.size();
    must(context && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
         EVP_DigestSign(context.get(), der.data(), &size, bytes(data), data.size()) == 1);
    const unsigned char* at = der.data();
    const Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
    must(signature != nullptr);
    std::string out(2 * number_size, '\0');
    constexpr int half = number_size;
    must(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes(out), half) == half &&
         BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes(out) + half, half) == half);
    return out;
}

bool is_p256_point(std::string_view point) {
    return public_key_from(point) != nullptr;
}

bool verifies_es256(std::string_view point, std::string_view data, std::string_view signature) {
    const Key key = public_key_from(point);
    if (!key || signature.size() != 2 * number_size) return false;
    constexpr int half = number_size;
    const Signature parts(ECDSA_SIG_new());
    Number r(BN_bin2bn(bytes(signature), half, nullptr)), s(BN_bin2bn(bytes(signature) + half, half, nullptr));
    must(parts && r && s && ECDSA_SIG_set0(parts.get(), r.get(), s.get()) == 1);
    [[maybe_unused]] BIGNUM* const theirs[] = {r.release(), s.release()};
    std::array<unsigned char, 80> der{};
    unsigned char* at = der.data();
    const int size = i2d_ECDSA_SIG(parts.get(), &at);
    const Digest context(EVP_MD_CTX_new());
    must(size > 0 && context != nullptr);
    const bool good =
        EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
        EVP_DigestVerify(context.get(), der.data(), static_cast<std::size_t>(size), bytes(data), data.size()) == 1;
    ERR_clear_error();
    return good;
}

std::string aes_128_gcm(std::string_view key, std::string_view nonce, std::string_view plain) {
    if (key.size() != 16 || nonce.size() != 12)
        throw std::invalid_argument("AES-128-GCM: a key or nonce of another size");
    const Cipher context(EVP_CIPHER_CTX_new());
    std::string out(plain.size() + tag_size, '\0');
    int written = 0, last = 0;
    must(context && EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, bytes(key), bytes(nonce)) == 1 &&
         EVP_EncryptUpdate(context.get(), bytes(out), &written, bytes(plain), static_cast<int>(plain.size())) == 1 &&
         EVP_EncryptFinal_ex(context.get(), bytes(out) + written, &last) == 1 &&
         EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_size, bytes(out) + plain.size()) == 1);
    return out;
}

}  // namespace safargo::crypto
