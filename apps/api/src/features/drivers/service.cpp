#include "features/drivers/service.hpp"

namespace safargo::drivers {

Task<Result<DriverProfile>> DriverService::become_driver(db::Transaction& tx, Caller caller, BecomeDriver wanted) {
    const Instant now = clock_.now();
    if (wanted.licence_expires_on <= LocalDate::of(now)) co_return fail("licence_expires_on", {Rule::in_the_past});
    auto inserted = co_await rows_.insert(tx, caller.id, std::move(wanted), now);
    if (!inserted) co_return std::unexpected(std::move(inserted.error()));
    co_await rows_.promote(tx, caller.id);
    auto profile = co_await rows_.find(tx, caller.id);
    co_return std::move(profile.value());
}

Task<Result<DriverProfile>> DriverService::me(Caller caller) {
    auto profile = co_await rows_.find(database_, caller.id);
    if (!profile) co_return fail(Code::not_found);
    co_return std::move(*profile);
}

}  // namespace safargo::drivers
