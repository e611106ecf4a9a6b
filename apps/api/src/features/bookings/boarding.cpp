#include "features/bookings/boarding.hpp"

#include "contract/json.hpp"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

namespace safargo::bookings {
namespace {

struct TokenPayload {
    std::string key_id;
    BookingId booking_id;
    TripId trip_id;
    std::int64_t from_stop, to_stop, seats;
};
BOOST_DESCRIBE_STRUCT(TokenPayload, (), (key_id, booking_id, trip_id, from_stop, to_stop, seats))

crypto::Key key_from_hex(std::string_view hex) {
    crypto::Key key;
    bool good = hex.size() == 2 * key.size();
    for (std::size_t i = 0; good && i < key.size(); ++i) {
        const char* digits = hex.data() + 2 * i;
        const auto [end, failure] = std::from_chars(digits, digits + 2, key[i], 16);
        good = failure == std::errc{} && end == digits + 2;
    }
    if (!good) throw std::invalid_argument("BOARDING_SIGNING_KEY must be 32 bytes in hexadecimal");
    return key;
}

std::vector<crypto::Key> signing_seeds(const crypto::KeyRing& ring, std::string_view signing_key) {
    if (signing_key.empty()) return ring.derive("boarding-signing").all();
    return {key_from_hex(signing_key)};
}

BoardingKey public_part(const crypto::Key& seed) {
    const std::string key = crypto::public_key(seed);
    const crypto::Key fingerprint = crypto::sha256(key);
    return {.key_id = crypto::hex(crypto::view(fingerprint).substr(0, 4)),
            .algorithm = "Ed25519",
            .public_key = crypto::base64url(key)};
}

std::string pin_of(const crypto::Key& key, BookingId booking) {
    const crypto::Key mac = crypto::hmac_sha256(key, booking.str());
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8 | mac[i];
    return fmt::format("{:04}", number % 10'000);
}

}  // namespace

BoardingCodes::BoardingCodes(const crypto::KeyRing& ring, std::string_view signing_key)
    : pin_keys_(ring.derive("boarding-pin")) {
    for (const crypto::Key& seed : signing_seeds(ring, signing_key)) signers_.push_back({seed, public_part(seed)});
}

std::vector<BoardingKey> BoardingCodes::keys() const {
    std::vector<BoardingKey> keys;
    keys.reserve(signers_.size());
    for (const Signer& signer : signers_) keys.push_back(signer.key);
    return keys;
}

std::string BoardingCodes::pin(BookingId booking) const {
    return pin_of(pin_keys_.first(), booking);
}

bool BoardingCodes::is_pin(BookingId booking, std::string_view given) const {
    return pin_keys_.any_makes(given, [&](const crypto::Key& key) { return pin_of(key, booking); });
}

std::string BoardingCodes::Signer::token(const Booking& booking, int seats) const {
    const TokenPayload payload{key.key_id, booking.id, booking.trip, booking.from_stop, booking.to_stop, seats};
    std::string token = crypto::base64url(contract::to_json(payload));
    const std::string signature = crypto::sign(seed, token);
    return token + '.' + crypto::base64url(signature);
}

std::string BoardingCodes::token(const Booking& booking) const {
    return signers_.front().token(booking, booking.seats);
}

bool BoardingCodes::is_token(const Booking& booking, std::string_view given) const {
    // Ed25519 signs the same bytes the same way: a valid token is one that we would issue now, or did before.
    constexpr int most_seats = 8;
    bool good = false;
    for (const Signer& signer : signers_) {
        for (int seats = booking.seats; seats <= most_seats; ++seats) {
            good |= crypto::equal_constant_time(signer.token(booking, seats), given);
        }
    }
    return good;
}

}  // namespace safargo::bookings
