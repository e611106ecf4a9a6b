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

}  // namespace

BoardingCodes::BoardingCodes(std::string_view jwt_secret, std::string_view signing_key)
    : pin_key_(crypto::derive_key(jwt_secret, "boarding-pin")),
      seed_(signing_key.empty() ? crypto::derive_key(jwt_secret, "boarding-signing") : key_from_hex(signing_key)),
      public_key_(crypto::public_key(seed_)) {
    const crypto::Key fingerprint = crypto::sha256(public_key_);
    key_ = {.key_id = crypto::hex(crypto::view(fingerprint).substr(0, 4)),
            .algorithm = "Ed25519",
            .public_key = crypto::base64url(public_key_)};
}

std::string BoardingCodes::pin(BookingId booking) const {
    const crypto::Key mac = crypto::hmac_sha256(pin_key_, booking.str());
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8 | mac[i];
    return fmt::format("{:04}", number % 10'000);
}

bool BoardingCodes::is_pin(BookingId booking, std::string_view given) const {
    return crypto::equal_constant_time(pin(booking), given);
}

std::string BoardingCodes::token(const Booking& booking) const {
    const TokenPayload payload{key_.key_id,       booking.id,      booking.trip,
                               booking.from_stop, booking.to_stop, booking.seats};
    std::string token = crypto::base64url(contract::to_json(payload));
    const std::string signature = crypto::sign(seed_, token);
    return token + '.' + crypto::base64url(signature);
}

bool BoardingCodes::is_token(const Booking& booking, std::string_view given) const {
    // Ed25519 signs the same bytes the same way: the only good token is the one we would issue now.
    return crypto::equal_constant_time(token(booking), given);
}

}  // namespace safargo::bookings
