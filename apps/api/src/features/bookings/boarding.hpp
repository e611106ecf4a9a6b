// The two proofs that a passenger is at the car: a PIN that only the server checks, and a QR token that the driver's
// page verifies offline with the public key.
#pragma once

#include "core/key_ring.hpp"
#include "features/bookings/types.hpp"

#include <boost/describe/class.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace safargo::bookings {

inline constexpr int pin_tries = 5;

struct BoardingKey {
    std::string key_id, algorithm, public_key;  // "Ed25519", 32 bytes base64url
};
BOOST_DESCRIBE_STRUCT(BoardingKey, (), (key_id, algorithm, public_key))

// A token is base64url(payload) '.' base64url(signature); the signature covers the first part as written. Payload:
// {"key_id","booking_id","trip_id","from_stop","to_stop","seats"}.
class BoardingCodes {
public:
    // `signing_key`: 32 bytes in hexadecimal; "" derives it from the ring, as the PIN's key always is. While the ring's
    // secret rotates, a code of either secret is valid: it may have been issued earlier, or by another replica.
    BoardingCodes(const crypto::KeyRing& ring, std::string_view signing_key);

    std::string pin(BookingId booking) const;  // four digits
    bool is_pin(BookingId booking, std::string_view given) const;

    std::string token(const Booking& booking) const;
    // Is it ours, unaltered, and for this booking? It may have been saved before some of the seats were given back.
    bool is_token(const Booking& booking, std::string_view given) const;

    const BoardingKey& key() const { return signers_.front().key; }  // of the tokens issued now
    std::vector<BoardingKey> keys() const;                           // of all valid tokens, that one first

private:
    struct Signer {
        crypto::Key seed;
        BoardingKey key;
        std::string token(const Booking& booking, int seats) const;
    };

    crypto::PurposeKeys pin_keys_;
    std::vector<Signer> signers_;
};

}  // namespace safargo::bookings
