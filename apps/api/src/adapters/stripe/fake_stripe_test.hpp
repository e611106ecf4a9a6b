// A double of Stripe that is strict where Stripe is: it refuses what it was not asked for by its contract, and forgets
// idempotency keys after a day.
#pragma once

#include "core/clock.hpp"
#include "net/client.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace safargo::stripe::test {

inline constexpr auto secret_key = "sk_test_51SafarGo";

struct FakeIntent {
    std::string id, status = "requires_payment_method", payment, attempt;
    std::int64_t amount = 0, received = 0;  // centimes
    bool manual = true;
};

struct FakeSession {
    std::string id, status = "open";
    Instant expires_at;
    FakeIntent intent;
    bool tried = false;  // the intent is made when the customer first enters a card
};

struct FakeRefund {
    std::string id, intent, key;
    std::int64_t amount = 0;
    std::string status = "succeeded";
};

class FakeStripe {
public:
    explicit FakeStripe(const Clock& clock) : clock_(clock) {}

    Task<net::Response> answer(net::Request request);

    // The customer on the page of the last session.
    void pay() { pay(sessions.back()); }
    void pay(FakeSession& session);
    void decline();

    // Instead of the next answer. lost: it happened, and no answer comes.
    enum class Fault { none, unreachable, lost };
    Fault fault = Fault::none;
    bool lose_next_post = false;
    std::optional<net::Response> instead;

    std::vector<FakeSession> sessions;
    std::vector<FakeRefund> refunds;
    std::vector<net::Request> requests;
    std::size_t page = 100;  // refunds on one

private:
    using Fields = std::multimap<std::string, std::string>;
    struct Remembered {
        std::string request;
        net::Response response;
        Instant at;
    };
    net::Response judge(const net::Request& request);
    net::Response change(const net::Request& request, const std::string& path);
    net::Response carry_out(const std::string& path, const Fields& form);
    net::Response create_session(const Fields& form);
    net::Response create_refund(const Fields& form);
    net::Response capture(FakeIntent& intent, const Fields& form);
    net::Response read(const std::string& path, const Fields& query);
    FakeSession* session(const std::string& id);
    FakeIntent* intent(const std::string& id);
    std::string show(const FakeSession& session, bool expanded) const;
    std::string show(const FakeIntent& intent, bool expanded) const;

    const Clock& clock_;
    std::map<std::string, Remembered> keys_;
};

}  // namespace safargo::stripe::test
