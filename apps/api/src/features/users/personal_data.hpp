#pragma once

#include "platform/personal_data.hpp"

namespace safargo::users {

platform::PersonalData personal_data();

}  // namespace safargo::users
