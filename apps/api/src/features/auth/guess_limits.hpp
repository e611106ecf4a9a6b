// The limit of wrong codes per account and day (PRODUCT section 2): at the twentieth, the channel under attack is
// closed until the next day in Algiers, and codes go only to the account's other verified channel, which has a limit of
// its own. Open sessions stay. An identifier without an account, or without another channel, gets the same responses;
// its codes are then not sent.
#pragma once

#include "core/key_ring.hpp"
#include "core/time.hpp"
#include "db/transaction.hpp"
#include "features/auth/identifier.hpp"

#include <optional>
#include <string>
#include <vector>

namespace safargo::auth {

class GuessLimits {
public:
    static constexpr int wrong_codes_a_day = 20;

    struct Channel {
        std::vector<std::string> names;       // in the table, one per secret in use; the first one writes
        std::optional<Identifier> recipient;  // of its codes
        int wrong = 0;                        // today
        int wrong_elsewhere = 0;              // the part in rows of secrets that are no longer written
        bool closed = false;
    };
    // For the identifier that the caller typed.
    struct Standing {
        Channel asked, other;

        const Channel& open() const { return asked.closed ? other : asked; }
        bool detoured() const { return asked.closed; }
        const std::optional<Identifier>& recipient() const;  // of a code now
    };

    explicit GuessLimits(const crypto::KeyRing& ring) : keys_(ring.derive("otp-guesses")) {}

    Task<Standing> look(db::Session& session, Identifier asked, Instant now);
    // Counts a guess as wrong before it is compared. False: the limit is reached, do not compare.
    Task<bool> charge(db::Session& session, Standing standing, Instant now);
    // The guess was right.
    void forgive(db::Transaction& tx, const Standing& standing, Instant now);

private:
    Channel channel_of(std::optional<Identifier> recipient, const std::string& name) const;

    crypto::PurposeKeys keys_;
};

}  // namespace safargo::auth
