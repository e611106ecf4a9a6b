#include "features/places/module.hpp"

#include "core/failures.hpp"
#include "core/logging.hpp"
#include "features/places/place_names.hpp"
#include "features/places/routes.hpp"

namespace safargo::places {
namespace {

// While the index is down, its state in health says so.
Task<void> watch_index(PlaceIndex& index) {
    try {
        co_await index.check();
    } catch (const DependencyUnavailable&) {
    } catch (const DeadlineExceeded&) {
    }
}

Task<void> repair_index(IndexKeeper& keeper) {
    try {
        co_await keeper.repair();
    } catch (const DependencyUnavailable& failure) {
        log::warning("place_index_not_repaired", {{"what", std::string_view(failure.what())}});
    } catch (const DeadlineExceeded&) {
        log::warning("place_index_not_repaired", {{"what", std::string_view("it took too long")}});
    }
}

}  // namespace

Module::Module(const platform::Platform& platform)
    : database_(platform.database),
      index_(platform.place_index),
      gazetteer_(platform.gazetteer),
      service_(platform.database, platform.place_index, platform.gazetteer, platform.cursors),
      keeper_(platform.database, platform.place_index) {}

void Module::add_routes(api::Endpoints& endpoints) {
    places::add_routes(endpoints, service_);
}

db::Subscriptions Module::subscriptions() {
    return {keeper_.subscription()};
}

// What the gazetteer of this version knows, also in a database that was filled by an older one.
Task<void> Module::refresh_names(Instant now) {
    db::Transaction tx = co_await database_.begin();
    co_await PlaceNames().refresh(tx, gazetteer_.data(), now);
    co_await tx.commit();
}

std::vector<platform::Job> Module::jobs() {
    using namespace std::chrono_literals;
    std::vector<platform::Job> jobs{{"place_names", 24h, [this](Instant now) { return refresh_names(now); }}};
    if (!index_) return jobs;
    jobs.push_back({"place_index", 60s, [this](Instant) { return repair_index(keeper_); }});
    jobs.push_back({"place_index_watch", 5s, [this](Instant) { return watch_index(*index_); }});
    return jobs;
}

}  // namespace safargo::places
