#include "features/payments/splits.hpp"

namespace safargo::payments {

namespace {
constexpr std::int64_t service_fee_basis_points = 500;
}

Dinars service_fee(Method method, Dinars price) {
    if (method == Method::cash) return {0};
    return share_half_up(price, service_fee_basis_points);
}

ledger::Kind kind_of(const Split& split) {
    const bool kept = split.to_driver + split.to_platform > Dinars{0};
    if (kept && split.to_passenger == Dinars{0}) return ledger::Kind::capture;
    if (split.to_driver > Dinars{0}) return ledger::Kind::late_cancellation;
    if (split.to_platform > Dinars{0}) return ledger::Kind::fee;
    return ledger::Kind::release;
}

ledger::Parts parts_of(const Split& split) {
    return {.to_driver = split.to_driver, .to_platform = split.to_platform, .to_passenger = split.to_passenger};
}

ledger::Parts take_back(const ledger::Parts& left, Dinars amount) {
    const std::int64_t whole = left.total().amount;
    if (whole == 0) return {};
    const Dinars driver{(2 * left.to_driver.amount * amount.amount + whole) / (2 * whole)};
    return {.to_driver = driver, .to_platform = amount - driver, .to_passenger = {}};
}

}  // namespace safargo::payments
