#pragma once

#include "platform/personal_data.hpp"

namespace safargo::live {

platform::PersonalData personal_data();

}  // namespace safargo::live
