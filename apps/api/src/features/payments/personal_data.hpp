#pragma once

#include "platform/personal_data.hpp"

namespace safargo::payments {

platform::PersonalData personal_data();

}  // namespace safargo::payments
