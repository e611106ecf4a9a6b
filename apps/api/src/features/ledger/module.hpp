// The books, and their nightly proof.
#pragma once

#include "platform/module.hpp"
#include "platform/platform.hpp"

namespace safargo::ledger {

class Module final : public platform::Module {
public:
    explicit Module(const platform::Platform& platform) : platform_(platform) {}

    std::vector<platform::Job> jobs() override;
    platform::PersonalData personal_data() const override;

private:
    const platform::Platform& platform_;
    std::unique_ptr<db::Database> proof_database_;
};

}  // namespace safargo::ledger
