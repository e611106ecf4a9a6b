#pragma once

#include "platform/personal_data.hpp"

namespace safargo::disputes {

platform::PersonalData personal_data();

}  // namespace safargo::disputes
