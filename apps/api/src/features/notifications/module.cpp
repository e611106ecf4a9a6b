#include "features/notifications/module.hpp"

namespace safargo::notifications {

db::OutboxRoutes Module::outbox_routes() {
    return {service_.outbox_route(), service_.urgent_route()};
}

}  // namespace safargo::notifications
