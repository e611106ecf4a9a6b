#include "app/modules.hpp"

#include "features/admin/module.hpp"
#include "features/auth/module.hpp"
#include "features/bookings/module.hpp"
#include "features/disputes/module.hpp"
#include "features/drivers/module.hpp"
#include "features/geo/module.hpp"
#include "features/kyc/module.hpp"
#include "features/ledger/module.hpp"
#include "features/live/module.hpp"
#include "features/media/module.hpp"
#include "features/notifications/module.hpp"
#include "features/payments/module.hpp"
#include "features/places/module.hpp"
#include "features/search/module.hpp"
#include "features/trips/module.hpp"
#include "features/users/module.hpp"
#include "features/vehicles/module.hpp"

namespace safargo::app {
namespace {

using platform::Platform;

// In dependency order. First modules with jobs, outbox handlers or rows to prune, and their dependencies:
auth::Module& add_working(ModuleList& all, const Platform& platform, Shared& shared) {
    auto& media = all.add<media::Module>(platform);
    auto& live = all.add<live::Module>(platform, shared.live);
    auto& notifications = all.add<notifications::Module>(platform, live);
    auto& auth = all.add<auth::Module>(platform, notifications);
    all.add<kyc::Module>(platform, media.documents(), notifications);
    auto& drivers = all.add<drivers::Module>(platform);
    auto& vehicles = all.add<vehicles::Module>(platform, drivers);
    all.add<search::Module>(platform, shared.driver_cards);
    auto& trips = all.add<trips::Module>(platform, live, drivers, vehicles, shared.trip_cards, shared.atlas);
    all.add<ledger::Module>(platform);
    all.add<places::Module>(platform, shared.place_answers, SAFARGO_VERSION);
    auto& payments = all.add<payments::Module>(platform, live);
    auto& bookings = all.add<bookings::Module>(platform, live, notifications, trips, payments);
    all.add<disputes::Module>(platform, live, notifications, trips, payments, bookings);
    return auth;
}

// Then modules that only serve requests; users combines the personal data of all the others.
void add_answering(ModuleList& all, const Platform& platform) {
    all.add<admin::Module>(platform);
    all.add<geo_routes::Module>(platform);
    all.add<users::Module>(platform, all.personal_data());
}

}  // namespace

ServingModules::ServingModules(const Platform& platform, Shared& shared)
    : authenticator(add_working(all, platform, shared).authenticator()) {
    add_answering(all, platform);
}

ModuleList make_working_modules(const Platform& platform, Shared& shared) {
    ModuleList all;
    add_working(all, platform, shared);
    return all;
}

}  // namespace safargo::app
