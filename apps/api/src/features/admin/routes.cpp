#include "features/admin/routes.hpp"

namespace safargo::admin {

void add_routes(api::Endpoints& endpoints, FlagService& flags) {
    endpoints.get("/admin/flags", "List flags for moderation")
        .describes(
            "Newest first. Flags are raised by the service itself: a ride that ended long before it can have arrived "
            "(short_ride), or one that was completed before its trip started (completed_ahead).")
        .only(api::Access::moderator)
        .query<ListFlags>()
        .returns<FlagPage>()
        .handle([&flags](const ListFlags& wanted) { return flags.list(wanted); });
}

}  // namespace safargo::admin
