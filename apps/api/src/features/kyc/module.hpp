// Documents by which people prove who they are and that they may drive others.
#pragma once

#include "features/kyc/deadlines.hpp"
#include "features/kyc/notifier.hpp"
#include "features/kyc/reviewing.hpp"
#include "features/kyc/service.hpp"
#include "features/notifications/module.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::kyc {

class Module final : public platform::Module {
public:
    // `pictures`: reads private pictures; outlives the module.
    Module(const platform::Platform& platform, const media::PrivatePictures& pictures,
           notifications::Module& notifications);

    void add_routes(api::Endpoints& endpoints) override;
    db::Subscriptions subscriptions() override;
    std::vector<platform::Job> jobs() override;
    std::vector<platform::PruningRule> pruning_rules() const override;
    platform::PersonalData personal_data() const override;

private:
    Task<void> purge(Instant now);
    Task<void> remind(Instant now);

    OwnDocuments documents_;
    Reviewing reviewing_;
    Deadlines deadlines_;
    DocumentNotifier notifier_;
};

}  // namespace safargo::kyc
