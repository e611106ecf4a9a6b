// What the provider is asked about the attempts of one payment, outside transactions. Its idempotency keys expire, so
// whatever may have been asked before is looked for first; its reference, and where it sends the passenger, are stored
// before they are used.
#pragma once

#include "db/database.hpp"
#include "features/payments/providers.hpp"
#include "features/payments/repository.hpp"

#include <optional>
#include <string>

namespace safargo::payments {

// No money is held, and none will come.
bool is_over(AttemptState state);

class Attempts {
public:
    // An open intent whose money is asked for now. `payment` has its mark (store_asked).
    struct Ask {
        Payment payment;
        bool again = false;  // the mark was there before: an answer may have been lost
        std::optional<Instant> pay_until;
        bool take_at_once = false;
    };

    Attempts(db::Database& database, Providers providers) : database_(database), providers_(providers) {}

    // Each throws DependencyUnavailable or DeadlineExceeded if the outcome is not known; repeating it is safe.

    // Asks for the money, at most once per attempt. The result may be that of an earlier attempt which is not over.
    Task<Attempt> ask(Ask wanted);
    // nullopt: the provider knows no attempt.
    Task<std::optional<Attempt>> look(Payment payment);
    // Nobody may pay any more. Money that came nevertheless is the result.
    Task<std::optional<Attempt>> give_up(Payment payment);

    // Captures `due`; of money that was taken before, the rest goes back. False: the provider has or gives no money.
    Task<bool> collect(Payment payment, Dinars due);
    // Takes everything that is held, before it lapses.
    Task<void> take_all(Payment payment);
    // What is held is freed, what was captured goes back. False: refused.
    Task<bool> free(Payment payment);
    // Refunds captured money, once per key. False: refused.
    Task<bool> give_back(Payment payment, std::string key, Dinars amount);

private:
    Task<Attempt> open(Ask wanted);
    Task<std::optional<Attempt>> close_earlier(Payment payment);
    Task<Attempt> keep(Payment payment, int number, Attempt answer);

    db::Database& database_;
    Providers providers_;
};

}  // namespace safargo::payments
