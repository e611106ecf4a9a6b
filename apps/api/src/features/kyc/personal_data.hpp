#pragma once

#include "platform/personal_data.hpp"

namespace safargo::kyc {

platform::PersonalData personal_data();

}  // namespace safargo::kyc
