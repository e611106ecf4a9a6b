#include "features/payments/attempts.hpp"

#include "contract/described.hpp"
#include "core/failures.hpp"
#include "features/payments/attempt_rows.hpp"
#include "features/payments/provider_task_rows.hpp"

#include <stdexcept>
#include <utility>

namespace safargo::payments {
namespace {

// The attempt that may have money. A reopened payment of which nothing was asked yet still goes by its last attempt.
AttemptName name_of(const Payment& payment) {
    const bool asked = payment.asked_attempt >= payment.attempt;
    const bool known = payment.provider_reference && payment.reference_attempt &&
                       (*payment.reference_attempt == payment.attempt || !asked);
    if (!known) return {.payment = payment.id.str(), .number = payment.attempt};
    return {
        .payment = payment.id.str(), .number = *payment.reference_attempt, .reference = *payment.provider_reference};
}

bool has_earlier(const Payment& payment) {
    return payment.provider_reference && payment.reference_attempt && *payment.reference_attempt < payment.attempt;
}

bool is_in_time(const Payment& payment, const CustomerAction& action) {
    return !action.until || (payment.checkout_expires_at && *payment.checkout_expires_at <= *action.until);
}

bool is_stored(const Payment& payment, int number, const Attempt& answer) {
    const CustomerAction action = answer.action.value_or(CustomerAction{});
    return payment.reference_attempt == number && payment.provider_reference == answer.reference &&
           payment.checkout_url.value_or("") == action.url && payment.checkout_qr.value_or("") == action.qr &&
           is_in_time(payment, action) && payment.capture_before == answer.capture_before;
}

}  // namespace

bool is_over(AttemptState state) {
    return state == AttemptState::declined || state == AttemptState::expired;
}

Task<Attempt> Attempts::keep(Payment payment, int number, Attempt answer) {
    if (answer.state == AttemptState::unknown) throw DependencyUnavailable("payment_provider", "an unknown state");
    const bool stored =
        is_stored(payment, number, answer) || co_await store_answer(database_, payment.id, number, answer);
    // Whoever began it asks for its money.
    if (!stored) throw DependencyUnavailable("payment_provider", "another attempt has begun");
    co_return answer;
}

Task<Attempt> Attempts::ask(Ask wanted) {
    const Payment payment = wanted.payment;
    std::optional<Attempt> seen;
    if (wanted.again) seen = co_await look(payment);
    if (!seen) {
        const std::optional<Attempt> earlier = co_await close_earlier(payment);
        if (earlier && !is_over(earlier->state)) co_return *earlier;
        seen = co_await open(wanted);
    }
    if (seen->state != AttemptState::started) co_return *seen;
    const AttemptName name{payment.id.str(), payment.attempt, seen->reference};
    const Attempt held = co_await providers_.of(payment.method).hold(hold_key(name), name);
    co_return co_await keep(payment, payment.attempt, held);
}

Task<Attempt> Attempts::open(Ask wanted) {
    const Payment& payment = wanted.payment;
    const AttemptName name{.payment = payment.id.str(), .number = payment.attempt};
    const AttemptOrder order{.name = name,
                             .method = std::string(contract::enum_name(payment.method)),
                             .amount = payment.amount,
                             .return_url = payment.return_url.value_or(""),
                             .pay_until = wanted.pay_until,
                             .take_at_once = wanted.take_at_once};
    const Attempt opened = co_await providers_.of(payment.method).open(open_key(name), order);
    co_return co_await keep(payment, payment.attempt, opened);
}

// It is over, or it was not: then its money counts, and no other is asked for.
Task<std::optional<Attempt>> Attempts::close_earlier(Payment payment) {
    if (!has_earlier(payment)) co_return std::nullopt;
    payment.attempt = payment.reference_attempt.value();
    co_return co_await give_up(std::move(payment));
}

Task<std::optional<Attempt>> Attempts::look(Payment payment) {
    const AttemptName name = name_of(payment);
    std::optional<Attempt> seen = co_await providers_.of(payment.method).find(name);
    if (!seen) co_return std::nullopt;
    co_return co_await keep(std::move(payment), name.number, std::move(*seen));
}

Task<std::optional<Attempt>> Attempts::give_up(Payment payment) {
    std::optional<Attempt> seen = co_await look(payment);
    if (!seen) co_return std::nullopt;
    if (seen->state != AttemptState::started && seen->state != AttemptState::needs_action) co_return seen;
    const AttemptName name{payment.id.str(), name_of(payment).number, seen->reference};
    const Attempt left = co_await providers_.of(payment.method).release(release_key(name), name);
    co_return co_await keep(std::move(payment), name.number, left);
}

Task<bool> Attempts::collect(Payment payment, Dinars due) {
    std::optional<Attempt> seen = co_await look(payment);
    if (seen && seen->state == AttemptState::held) {
        const AttemptName name{payment.id.str(), name_of(payment).number, seen->reference};
        const Attempt taken = co_await providers_.of(payment.method).capture(capture_key(payment), name, due);
        seen = co_await keep(payment, name.number, taken);
    }
    if (!seen || is_over(seen->state) || seen->state == AttemptState::held) co_return false;
    if (seen->state != AttemptState::captured) throw std::runtime_error("the provider is still deciding");
    if (seen->captured < due) throw std::logic_error("a provider captured less than is due");
    if (seen->captured == due) co_return true;
    if (co_await give_back(payment, rest_key(payment), seen->captured - due)) co_return true;
    throw std::runtime_error("the provider refused to give the rest back");
}

Task<void> Attempts::take_all(Payment payment) {
    const std::optional<Attempt> seen = co_await look(payment);
    if (!seen || seen->state != AttemptState::held) co_return;
    const AttemptName name{payment.id.str(), name_of(payment).number, seen->reference};
    const Attempt taken = co_await providers_.of(payment.method).capture(capture_key(payment), name, payment.amount);
    co_await keep(payment, name.number, taken);
}

Task<bool> Attempts::free(Payment payment) {
    std::optional<Attempt> seen = co_await look(payment);
    if (!seen) co_return true;
    if (seen->state != AttemptState::captured && !is_over(seen->state)) {
        const AttemptName name{payment.id.str(), name_of(payment).number, seen->reference};
        const Attempt left = co_await providers_.of(payment.method).release(release_key(name), name);
        seen = co_await keep(payment, name.number, left);
    }
    if (seen->state != AttemptState::captured) co_return is_over(seen->state);
    co_return co_await give_back(payment, rest_key(payment), seen->captured);
}

Task<bool> Attempts::give_back(Payment payment, std::string key, Dinars amount) {
    PaymentProvider& provider = providers_.of(payment.method);
    const AttemptName name = name_of(payment);
    if (co_await provider.has_refunded(key, name)) co_return true;
    co_return co_await provider.refund(std::move(key), name, amount);
}

}  // namespace safargo::payments
