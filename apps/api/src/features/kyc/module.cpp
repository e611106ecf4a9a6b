#include "features/kyc/module.hpp"

#include "features/kyc/personal_data.hpp"
#include "features/kyc/pruning.hpp"
#include "features/kyc/routes.hpp"

namespace safargo::kyc {

Module::Module(const platform::Platform& platform, const media::PrivatePictures& pictures,
               notifications::Module& notifications)
    : documents_(platform.database, platform.clock),
      reviewing_(platform.database, platform.clock, pictures, platform.cursors),
      deadlines_(platform.database),
      notifier_(platform.database, platform.clock, notifications.service()) {}

void Module::add_routes(api::Endpoints& endpoints) {
    kyc::add_routes(endpoints, documents_, reviewing_);
}

db::Subscriptions Module::subscriptions() {
    return {notifier_.subscription()};
}

std::vector<platform::Job> Module::jobs() {
    using namespace std::chrono_literals;
    return {{"purge_kyc_pictures", 10min, [this](Instant now) { return purge(now); }},
            {"remind_of_expiring_documents", 1h, [this](Instant now) { return remind(now); }}};
}

Task<void> Module::purge(Instant now) {
    co_await deadlines_.purge_pictures(now);
}

Task<void> Module::remind(Instant now) {
    co_await deadlines_.remind(now);
}

std::vector<platform::PruningRule> Module::pruning_rules() const {
    return kyc::pruning_rules();
}

platform::PersonalData Module::personal_data() const {
    return kyc::personal_data();
}

}  // namespace safargo::kyc
