#pragma once

#include "platform/personal_data.hpp"

namespace safargo::auth {

platform::PersonalData personal_data();

}  // namespace safargo::auth
