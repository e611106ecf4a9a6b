#include "features/notifications/module.hpp"

namespace safargo::notifications {

db::Subscriptions Module::subscriptions() {
    return {service_.subscription(), service_.urgent_subscription()};
}

}  // namespace safargo::notifications
