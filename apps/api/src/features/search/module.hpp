// The search of trips. app/search_thread maintains the index that it reads.
#pragma once

#include "features/search/service.hpp"
#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::search {

class Module final : public platform::Module {
public:
    // `cards`: of the drivers of the trips in the index; shared by all threads.
    Module(const platform::Platform& platform, const DriverCards& cards);

    void add_routes(api::Endpoints& endpoints) override;
    std::vector<platform::Job> jobs() override;

private:
    db::Database& database_;
    SearchService service_;
};

}  // namespace safargo::search
