#include "adapters/stripe/form.hpp"

#include "core/percent_encoding.hpp"

#include <limits>
#include <stdexcept>

namespace safargo::stripe {

Form& Form::add(std::string_view name, std::string_view value) {
    if (!text_.empty()) text_ += '&';
    text_.append(percent_encode(name, "[]")).append("=").append(percent_encode(value));
    return *this;
}

Form& Form::add(std::string_view name, std::int64_t value) {
    return add(name, std::to_string(value));
}

std::int64_t centimes_of(Dinars amount) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / 100;
    if (amount.amount > most || amount.amount < -most) throw std::overflow_error("too many dinars for Stripe");
    return amount.amount * 100;
}

}  // namespace safargo::stripe
