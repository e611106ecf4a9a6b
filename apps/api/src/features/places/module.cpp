#include "features/places/module.hpp"

#include "core/failures.hpp"
#include "core/logging.hpp"
#include "features/places/gallery_routes.hpp"
#include "features/places/place_names.hpp"
#include "features/places/routes.hpp"

#include <utility>

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

// What another system finds for words changes when that system has learned of an edit, later than the version.
bool asks_for_words(const http::Request& request) {
    return request.query.starts_with("q=") || request.query.contains("&q=");
}

api::PublicAnswers::Rule rule_of(const platform::Platform& platform) {
    if (platform.place_index == nullptr) return {};
    return [](const http::Request& request) { return !asks_for_words(request); };
}

}  // namespace

Module::Module(const platform::Platform& platform, api::SharedAnswers& answers, std::string build)
    : database_(platform.database),
      index_(platform.place_index),
      gazetteer_(platform.gazetteer),
      service_(platform.database, platform.place_index, platform.gazetteer, platform.cursors),
      gallery_(platform.clock),
      keeper_(platform.database, platform.place_index),
      answers_(answers, platform.cache, std::move(build), rule_of(platform)) {}

void Module::add_routes(api::Endpoints& endpoints) {
    places::add_routes(endpoints, service_, &answers_);
    add_gallery_routes(endpoints, gallery_);
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
