// Until payments land.
#include "features/payments/service.hpp"
namespace safargo::payments {
Dinars service_fee(Method method, Dinars price) {
    return method == Method::cash ? Dinars{0} : share_half_up(price, 500);
}
}  // namespace safargo::payments
