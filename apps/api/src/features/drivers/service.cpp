#include "features/drivers/service.hpp"

#include "features/users/service.hpp"

namespace safargo::drivers {
namespace {

std::unexpected<Error> refused(FieldError field) {
    return fail(Error{.code = Code::validation_failed, .fields = {std::move(field)}});
}

}  // namespace

Task<Result<DriverProfile>> DriverService::become_driver(db::Transaction& tx, Caller caller, BecomeDriver wanted) {
    const Instant now = clock_.now();
    if (auto refusal = refuse_licence(wanted.licence_expires_on, LocalDate::of(now))) co_return refused(*refusal);
    auto inserted = co_await rows_.insert(tx, caller.id, std::move(wanted), now);
    if (!inserted) co_return std::unexpected(std::move(inserted.error()));
    co_await users::make_driver(tx, caller.id);
    auto profile = co_await rows_.find(tx, caller.id);
    co_return std::move(profile.value());
}

Task<Result<DriverProfile>> DriverService::edit(db::Transaction& tx, Caller caller, EditDriver changes) {
    // Publishing takes this lock first, too: it sees the licence either before or after the change.
    if (!co_await rows_.lock(tx, caller.id)) co_return fail(Code::driver_required);
    if (changes.licence_expires_on) {
        const LocalDate today = LocalDate::of(clock_.now());
        if (auto refusal = refuse_licence(*changes.licence_expires_on, today)) co_return refused(*refusal);
    }
    auto updated = co_await rows_.update_licence(tx, caller.id, std::move(changes));
    if (!updated) co_return std::unexpected(std::move(updated.error()));
    if (!*updated) co_return fail(Code::driver_required);
    auto profile = co_await rows_.find(tx, caller.id);
    co_return std::move(profile.value());
}

Task<Result<DriverProfile>> DriverService::me(Caller caller) {
    auto profile = co_await rows_.find(database_, caller.id);
    if (!profile) co_return fail(Code::not_found);
    co_return std::move(*profile);
}

}  // namespace safargo::drivers
