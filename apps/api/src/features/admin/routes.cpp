#include "features/admin/routes.hpp"

namespace safargo::admin {

void add_routes(api::Endpoints& endpoints, FlagService& flags) {
    endpoints.get("/admin/flags", "What moderators should look at, newest first")
        .only(api::Access::moderator)
        .query<ListFlags>()
        .returns<FlagPage>()
        .handle([&flags](const ListFlags& wanted) { return flags.list(wanted); });
}

}  // namespace safargo::admin
